export { createOutbox, type Outbox } from './outbox';
export { hashToken } from './links';

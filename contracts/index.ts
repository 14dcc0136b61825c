export * from './access';
export * from './churn';
export * from './common';
export * from './gate';
export * from './member-api';
export * from './members';
export * from './status';
export * from './tiers';

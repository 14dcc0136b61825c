import * as yup from 'yup';

/** Beyond any list there is, and within what every database counts to. */
const MAX_PAGE = 10_000_000;

/** `page` and `pageSize` of a list in the admin API. */
export const pageQuery = {
  page: yup.number().integer().min(1).max(MAX_PAGE).default(1),
  pageSize: yup.number().integer().min(1).max(100).default(25),
};

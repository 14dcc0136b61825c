import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import { getConfig, now } from '../config';
import { addPeriods, PERIOD, periodOf } from '../domain/period';
import { badRequest } from '../errors';
import { getService } from '../get-service';
import { action, parse } from './action';

const MOST_MONTHS = 120;

const month = () => yup.string().matches(PERIOD, '${path} must be a month such as 2026-01');

const query = yup.object({ from: month(), to: month() }).required();

export const churn = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/churn?from=2026-01&to=2026-12` → `ChurnResponse`; the last 12 months */
  find: action(async (ctx) => {
    const asked = await parse(query, ctx.query);
    const to = asked.to ?? periodOf(now(strapi), getConfig(strapi).revenue.timeZone);
    const from = asked.from ?? addPeriods(to, -11);
    if (from > to) throw badRequest('from must not be after to', { field: 'from' });
    if (addPeriods(from, MOST_MONTHS) <= to) {
      throw badRequest(`At most ${MOST_MONTHS} months at once`, { field: 'from' });
    }
    ctx.body = { data: await getService(strapi, 'revenue').churn(from, to) };
  }),
});

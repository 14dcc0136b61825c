import type Stripe from 'stripe';
import { closeDispute } from '../engine/disputes';
import { change } from '../events/record';
import { invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Dispute, Stored } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

const disputes = (world: World) => world.tables.disputes;

export const disputeRoutes: Route[] = [
  route<Stripe.DisputeListParams>('GET /v1/disputes', ({ world, params }) => {
    const rows = disputes(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.charge === undefined || row.charge === params.charge) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/disputes', params);
  }),

  route<Stripe.DisputeRetrieveParams>('GET /v1/disputes/{dispute}', ({ world, id }) =>
    need(world, (tables) => tables.disputes, id)
  ),

  // Submitted, the words `winning_evidence` and `losing_evidence` decide a test dispute at once.
  route<Stripe.DisputeUpdateParams>('POST /v1/disputes/{dispute}', ({ world, id, params }) => {
    const was = open(need(world, (tables) => tables.disputes, id));
    const given = params.evidence;
    const submits = given !== undefined && params.submit !== false;
    const after = change(
      world,
      disputes(world),
      id,
      {
        metadata: metadata(params.metadata, was.metadata),
        ...(given ? { evidence: { ...was.evidence, ...texts(given) } } : {}),
        ...(submits ? submitted(was) : {}),
      },
      'charge.dispute.updated'
    );
    const said = given?.uncategorized_text;
    if (!submits || (said !== 'winning_evidence' && said !== 'losing_evidence')) return after;
    return closeDispute(world, after, said === 'winning_evidence');
  }),

  route<Stripe.DisputeCloseParams>('POST /v1/disputes/{dispute}/close', ({ world, id }) =>
    closeDispute(world, open(need(world, (tables) => tables.disputes, id)), false)
  ),

  route<Stripe.Radar.EarlyFraudWarningListParams>(
    'GET /v1/radar/early_fraud_warnings',
    ({ world, params }) => {
      const rows = world.tables.fraudWarnings
        .newestFirst()
        .filter(
          (row) =>
            (params.charge === undefined || row.charge === params.charge) &&
            (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
            inRange(row.created, params.created)
        );
      return listPage(rows, '/v1/radar/early_fraud_warnings', params);
    }
  ),

  route<Stripe.Radar.EarlyFraudWarningRetrieveParams>(
    'GET /v1/radar/early_fraud_warnings/{warning}',
    ({ world, id }) => need(world, (tables) => tables.fraudWarnings, id)
  ),
];

function open(dispute: Dispute): Dispute {
  if (!['won', 'lost', 'warning_closed'].includes(dispute.status)) return dispute;
  throw invalid('This dispute is already closed', undefined, 'dispute_already_closed');
}

function submitted(was: Dispute): Partial<Dispute> {
  const inquiry = was.status.startsWith('warning_');
  return {
    status: inquiry ? 'warning_under_review' : 'under_review',
    evidence_details: {
      ...was.evidence_details,
      has_evidence: true,
      submission_count: was.evidence_details.submission_count + 1,
      submission_method: 'manual',
    },
  };
}

/** Evidence in words; files and the networks' own forms are not kept. */
function texts(given: NonNullable<Stored<Stripe.DisputeUpdateParams>['evidence']>) {
  const { enhanced_evidence: _enhanced, appeal: _appeal, ...rest } = { appeal: null, ...given };
  return rest;
}

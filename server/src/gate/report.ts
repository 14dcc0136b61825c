import { contentTypes } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type {
  FieldAccess,
  GatedTypeReport,
  GateField,
  GateReport,
  OpenTypeReport,
} from '../../../contracts';
import { getConfig, now } from '../config';
import { countDocuments, countRules, findLocked } from '../store/gate-report';
import type { Attribute, Model } from '../strapi-types';
import type { Gate } from './gate';
import { titleOf, type GatedType } from './gated-types';
import { contentTypesOf, entryPath, toLockedType, type ContentTypeModel } from './site';

const accessOf = (
  name: string,
  { type, private: hidden }: Attribute,
  gated: GatedType,
  title: string | undefined
): FieldAccess => {
  if (hidden) return 'private';
  if (name === title || type === 'uid') return 'always';
  return gated.open.has(name) ? 'teaser' : 'protected';
};

const fieldsOf = (model: Model, gated: GatedType): GateField[] => {
  const title = titleOf(model);
  return contentTypes.getVisibleAttributes(model).flatMap((name) => {
    const attribute = model.attributes[name];
    if (!attribute) return [];
    const access = accessOf(name, attribute, gated, title);
    return [{ name, type: attribute.type, access, paywall: gated.paywalls.has(name) }];
  });
};

const byName = (a: { displayName: string }, b: { displayName: string }): number =>
  a.displayName.localeCompare(b.displayName);

const headOf = ({ uid, info, kind }: ContentTypeModel) => ({
  uid,
  displayName: info.displayName,
  kind,
});

/** What the settings page shows of the gate: three statements, however many types there are. */
export const reportGate = async (strapi: Core.Strapi, gate: Gate): Promise<GateReport> => {
  const { enabled, defaultVisibility } = getConfig(strapi).access;
  const models = contentTypesOf(strapi);
  const isGated = ({ uid }: ContentTypeModel) => gate.types.has(uid);
  const gated = models.filter(isGated);

  const rules = await countRules(strapi);
  const documents = await countDocuments(
    strapi,
    gated.map(({ uid }) => uid)
  );
  const locked = await findLocked(
    strapi,
    gated.map((model) => toLockedType(strapi, gate, model)),
    1,
    now(strapi)
  );
  const site = strapi.config.get<string>('server.absoluteUrl', '');

  const reportOf = (model: ContentTypeModel): GatedTypeReport[] => {
    const type = gate.types.get(model.uid);
    if (!type) return [];
    const sample = locked.find(({ uid }) => uid === model.uid);
    const path = sample ? entryPath(strapi, model, sample) : null;
    return [
      {
        ...headOf(model),
        defaultVisibility: type.defaultVisibility ?? defaultVisibility,
        defaultFrom: type.defaultVisibility
          ? 'schema'
          : defaultVisibility === 'public'
            ? 'nothing'
            : 'options',
        entries: documents.get(model.uid) ?? 0,
        rules: { public: 0, members: 0, paid: 0, tiers: 0, ...rules.get(model.uid) },
        fields: fieldsOf(model, type),
        lockedUrl: path === null ? null : `${site}${path}`,
      },
    ];
  };
  const openOf = (model: ContentTypeModel): OpenTypeReport => ({
    ...headOf(model),
    rules: Object.values(rules.get(model.uid) ?? {}).reduce((sum, count) => sum + count, 0),
  });

  return {
    enabled,
    defaultVisibility,
    developing: strapi.config.get<boolean>('autoReload', false),
    types: gated.flatMap(reportOf).sort(byName),
    open: models
      .filter((model) => !isGated(model) && model.uid.startsWith('api::'))
      .map(openOf)
      .sort(byName),
  };
};

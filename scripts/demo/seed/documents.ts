import type { Core } from '@strapi/strapi';

interface Document {
  documentId: string;
  slug?: string;
}

type Data = Record<string, unknown>;

/** The document service for a type Strapi has no generated types of. */
export interface Documents {
  findFirst(params?: { filters?: Data }): Promise<Document | null>;
  findMany(params: { filters: Data }): Promise<Document[]>;
  create(params: { data: Data; status?: 'draft' | 'published' }): Promise<Document>;
  update(params: {
    documentId: string;
    locale?: string;
    data: Data;
    status?: 'draft' | 'published';
  }): Promise<Document | null>;
}

export const documents = (strapi: Core.Strapi, uid: `api::${string}.${string}`): Documents =>
  strapi.documents(uid) as unknown as Documents;

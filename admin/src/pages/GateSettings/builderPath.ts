export const BUILDER_PATH = '/plugins/content-type-builder';

export const builderPathOf = (uid: string): string => `${BUILDER_PATH}/content-types/${uid}`;

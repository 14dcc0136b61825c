const LOCALES = [{ code: 'fr', name: 'French (fr)' }];

/** English is there from the first boot; the magazine is also read in French. */
exports.ensureLocales = async (strapi) => {
  const locales = strapi.plugin('i18n')?.service('locales');
  if (!locales) return;
  for (const locale of LOCALES) {
    if (!(await locales.findByCode(locale.code))) await locales.create(locale);
  }
};

/** Readers keep articles for later: a way from `/api/users` to gated content. */
module.exports = (plugin) => {
  plugin.contentTypes.user.schema.attributes.savedArticles = {
    type: 'relation',
    relation: 'manyToMany',
    target: 'api::article.article',
  };
  return plugin;
};

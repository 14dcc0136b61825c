import path from 'node:path';
import { documentsOf, LETTER } from './gate-support';
import {
  bootFilesSite,
  cookieOf,
  png,
  spellings,
  type FilesSite,
  type Uploaded,
} from './files-support';

/** The control: what `gate-files` finds closed must be open here, or it proves nothing. */

describe.each([
  ['the gate off', { access: { enabled: false } }],
  ['files public', { access: { files: 'public' } }],
])('with %s', (_name, options) => {
  let site: FilesSite;
  let file: Uploaded;

  beforeAll(async () => {
    site = await bootFilesSite({ options });
    file = await site.upload('letter.png', png());
    await documentsOf(site.strapi, LETTER).update({
      documentId: site.letter,
      data: { attachment: file.id },
    });
  });
  afterAll(() => site.stop());

  test('the file leaves by many spellings of its address', async () => {
    const name = path.posix.basename(file.url);
    const open: string[] = [];
    for (const spelling of spellings(name)) {
      if ((await site.fetch(spelling)).text.includes('PNG')) open.push(spelling);
    }
    expect(open).toContain(file.url);
    expect(open).toContain(`/foo/..%2fuploads/${name}`);
    expect(open.length).toBeGreaterThan(10);
  });

  test('nothing is signed, for nobody', async () => {
    for (const viewer of ['gold', 'fullToken'] as const) {
      const { text } = await site.get('/api/letters?populate=*', viewer);
      expect(text).toContain(file.url);
      expect(text).not.toContain('signature=');
      expect((await site.get('/api/upload/files', viewer)).text).not.toContain('signature=');
      const graphql = await site.graphql('{ letters { attachment { url } } }', viewer);
      expect(graphql.text).toContain(`"${file.url}"`);
    }
    const { body } = await site.http
      .post('/admin/login')
      .send({ email: 'admin@site.example', password: 'Passw0rd!' });
    const { headers } = await site.http
      .get('/upload/files')
      .set({ authorization: `Bearer ${body.data.token}` });
    expect(cookieOf(headers)).toEqual([]);
  });
});

import { copyFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ARTICLE, documentsOf, LETTER, said, type Json, type ViewerName } from './gate-support';
import {
  bootFilesSite,
  cookieOf,
  png,
  spellings,
  type FilesSite,
  type Uploaded,
} from './files-support';

/** The bytes of protected media leave for whoever may read what holds them, and for nobody else. */

const HOUR = 3_600_000;
const AUTHOR = 'api::author.author';
const NOTE = 'api::note.note';

let site: FilesSite;
let letter: Uploaded;

type Data = Record<string, unknown>;

const create = (uid: string, data: Data, more: Data = {}) =>
  documentsOf(site.strapi, uid).create({ data, status: 'published', ...more });

const update = (uid: string, documentId: string, data: Data, more: Data = {}) =>
  documentsOf(site.strapi, uid).update({ documentId, data, ...more });

const upload = (name: string) => site.upload(`${name}.png`, png());

const media = (file: Uploaded) => ({ __component: 'shared.media', file: file.id });

let written = 0;
/** An article of a rule, with a picture below the paywall. */
const article = async (file: Uploaded, rule?: Data, data: Data = {}) => {
  written += 1;
  const title = `Illustrated ${written}`;
  const slug = `illustrated-${written}`;
  const { documentId } = await create(ARTICLE, { title, slug, sections: [media(file)], ...data });
  if (rule) await site.rule(documentId, rule);
  return documentId;
};

const attachmentFor = async (viewer: ViewerName): Promise<Json | undefined> =>
  (await site.get('/api/letters?populate=attachment', viewer)).body.data?.[0]?.attachment;

const pictureFor = async (documentId: string, viewer: ViewerName, query = '') =>
  (await site.get(`/api/articles/${documentId}?populate[sections][populate]=*${query}`, viewer))
    .body.data?.sections?.[0]?.file;

const statusOf = async (address: string) => (await site.fetch(address)).status;

/** Statements on what is asked about a file while `work` runs; the heartbeat's are not counted. */
const countStatements = async (work: () => Promise<unknown>): Promise<number> => {
  let count = 0;
  const listen = ({ sql }: { sql: string }) => {
    if (/\b(files|files_related_mph|\w+_cmps|memberships_rules)\b/.test(sql)) count += 1;
  };
  site.strapi.db.connection.on('query', listen);
  try {
    await work();
  } finally {
    site.strapi.db.connection.removeListener('query', listen);
  }
  return count;
};

beforeAll(async () => {
  site = await bootFilesSite();
  letter = await upload('letter');
  await update(LETTER, site.letter, { attachment: letter.id });
});
afterAll(() => site.stop());

describe('the address', () => {
  test('of a protected file is refused as Strapi refuses', async () => {
    const { status, text, headers } = await site.fetch(letter.url);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toEqual({
      data: null,
      error: { status: 403, name: 'ForbiddenError', message: 'Forbidden', details: {} },
    });
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('is refused in every spelling, of the file and of its formats', async () => {
    const names = [letter, ...Object.values(letter.formats ?? {})].map(({ url }) =>
      path.posix.basename(url)
    );
    expect(names).toHaveLength(3);
    for (const spelling of names.flatMap(spellings)) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const { status, text, headers } = await site.fetch(spelling, { method });
        expect([spelling, method, text.includes('PNG')]).toEqual([spelling, method, false]);
        expect([spelling, method, status >= 400]).toEqual([spelling, method, true]);
        expect(headers['content-type']).not.toContain('image');
      }
    }
  });

  test('is refused for a part of the file too', async () => {
    const { status, text } = await site.fetch(letter.url, { headers: { range: 'bytes=0-9' } });
    expect(status).toBe(403);
    expect(text).not.toContain('PNG');
  });

  test('of a file that is not there is answered by Strapi', async () => {
    expect(await statusOf('/uploads/nothing_1234567890.png')).toBe(404);
  });

  test('of a file that is no upload, or held by nothing, is public', async () => {
    await writeFile(path.join(site.folder, 'by-hand.txt'), 'by hand');
    expect((await site.fetch('/uploads/by-hand.txt')).text).toBe('by hand');
    expect(await statusOf((await upload('loose')).url)).toBe(200);
  });

  test('is known by another spelling on the disk, and by a format nobody named by its hash', async () => {
    const name = path.posix.basename(letter.url);
    await copyFile(path.join(site.folder, name), path.join(site.folder, name.toUpperCase()));
    expect(await statusOf(`/uploads/${name.toUpperCase()}`)).toBe(403);
    expect(await statusOf(`/uploads/${name}.gz`)).toBe(403);

    const odd = await upload('odd');
    await writeFile(path.join(site.folder, 'odd-square.png'), 'square');
    const formats = { ...odd.formats, square: { hash: 'x', url: '/uploads/odd-square.png' } };
    await site.strapi.db
      .query('plugin::upload.file')
      .update({ where: { id: odd.id }, data: { formats } });
    expect(await statusOf('/uploads/odd-square.png')).toBe(200);
    await article(odd, { visibility: 'paid' });
    expect(await statusOf('/uploads/odd-square.png')).toBe(403);
  });
});

describe('a signature', () => {
  test('comes to whoever may read the entry, and opens the file and its formats', async () => {
    for (const viewer of ['signedIn', 'gold', 'staff', 'fullToken', 'readAllToken'] as const) {
      const file = await attachmentFor(viewer);
      const addresses = [file?.url, file?.formats?.thumbnail?.url, file?.formats?.small?.url];
      for (const address of addresses.map(said)) {
        expect(address).toMatch(/^\/uploads\/\S+\.png\?expires=\d{10}&signature=[\w-]{43}$/);
        const { status, headers } = await site.fetch(address);
        expect([viewer, status]).toEqual([viewer, 200]);
        expect(headers['content-type']).toBe('image/png');
      }
    }
  });

  test('comes to nobody else', async () => {
    for (const viewer of ['visitor', 'readOnlyToken', 'customToken'] as const) {
      const { body, text } = await site.get('/api/letters?populate=*', viewer);
      expect(body.data?.[0]?.name).toBe('Letter');
      expect(text).not.toContain('signature=');
      expect(text).not.toContain('/uploads/');
    }
  });

  test('leaves HEAD and Range as they are', async () => {
    const address = said((await attachmentFor('gold'))?.url);
    const head = await site.fetch(address, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    const { size } = await stat(path.join(site.folder, path.posix.basename(letter.url)));
    expect(head.headers['content-length']).toBe(String(size));

    const part = await site.fetch(address, { headers: { range: 'bytes=1-3' } });
    expect([part.status, part.text]).toEqual([206, 'PNG']);
    expect(part.headers['content-range']).toBe(`bytes 1-3/${size}`);
    expect(part.headers['cache-control']).toMatch(/^private, max-age=\d+$/);
  });

  test('works in other spellings of the address', async () => {
    const address = said((await attachmentFor('gold'))?.url);
    expect(await statusOf(address.replace('/uploads/', '/./uploads/x/../'))).toBe(200);
    expect(await statusOf(address.replace('/uploads/', '/foo/..%2fuploads/'))).toBe(200);
  });

  test('is good for one file, until it expires, as it was made', async () => {
    const file = await attachmentFor('gold');
    const address = said(file?.url);
    const [plain = '', query = ''] = address.split('?');
    const { expires, signature } = Object.fromEntries(new URLSearchParams(query));
    const other = await upload('other');
    await article(other, { visibility: 'paid' });
    const thumbnail = said(file?.formats?.thumbnail?.url).split('?')[1];
    const flipped = `${signature?.[0] === 'A' ? 'B' : 'A'}${signature?.slice(1)}`;
    for (const forged of [
      `${other.url}?${query}`,
      `${plain}?${thumbnail}`,
      `${plain}?expires=${Number(expires) + 1}&signature=${signature}`,
      `${plain}?expires=${expires}&signature=${flipped}`,
      `${plain}?expires=${expires}&signature=`,
      `${plain}?expires=${expires}`,
      `${plain}?signature=${signature}`,
      `${plain}?expires=&signature=${signature}`,
      `${plain}?expires=1e99&signature=${signature}`,
      `${plain}?expires[]=${expires}&signature[]=${signature}`,
      `${plain}?${query}&expires=9999999999`,
      `${plain}?${query}&signature=${signature}`,
    ]) {
      expect([forged, await statusOf(forged)]).toEqual([forged, 403]);
    }
    expect(await statusOf(`${plain}?w=1&${query}`)).toBe(200);
  });

  test('is the same all hour, lasts one to two, and its answer is kept no longer', async () => {
    const started = site.clock.now;
    try {
      site.clock.now = Math.ceil(started / HOUR) * HOUR;
      const first = await site.get('/api/letters?populate=attachment', 'gold');
      const address = said(first.body.data?.[0]?.attachment?.url);
      site.clock.now += HOUR - 1;
      const second = await site.get('/api/letters?populate=attachment', 'gold');
      expect(second.text).toBe(first.text);
      expect((await site.fetch(address)).headers['cache-control']).toBe('private, max-age=3600');

      site.clock.now += 1;
      expect(said((await attachmentFor('gold'))?.url)).not.toBe(address);
      site.clock.now += HOUR - 1000;
      expect((await site.fetch(address)).headers['cache-control']).toBe('private, max-age=1');
      site.clock.now += 1000;
      expect(await statusOf(address)).toBe(403);
    } finally {
      site.clock.now = started;
    }
  });

  test('asks the database nothing', async () => {
    const address = said((await attachmentFor('gold'))?.url);
    expect(await countStatements(() => site.fetch(address))).toBe(0);
    expect(await countStatements(() => site.fetch(letter.url))).toBe(2);
    const loose = await upload('counted');
    expect(await countStatements(() => site.fetch(loose.url))).toBe(1);
  });
});

test('looks files up by indexes, in the Media Library and in components', async () => {
  const indexesOf = async (table: string) =>
    (await site.strapi.db.dialect.schemaInspector.getIndexes(table)).map(({ columns }) => columns);
  expect(await indexesOf('files')).toContainEqual(['hash']);
  expect(await indexesOf('articles_cmps')).toContainEqual(['cmp_id', 'component_type']);
  // What may be protected there may be open here.
  expect(await indexesOf('notes_cmps')).toContainEqual(['cmp_id', 'component_type']);
});

describe('what holds a file', () => {
  test('in a component of a protected attribute protects it, in any language and version', async () => {
    const english = await upload('english');
    const documentId = await article(english, { visibility: 'paid' });
    const french = await upload('french');
    await update(
      ARTICLE,
      documentId,
      { title: 'Illustré', sections: [media(french)] },
      { locale: 'fr', status: 'published' }
    );
    const draft = await upload('draft');
    await update(ARTICLE, documentId, { sections: [media(draft)] });

    for (const file of [english, french, draft]) expect(await statusOf(file.url)).toBe(403);
    const addresses = [
      await pictureFor(documentId, 'gold'),
      await pictureFor(documentId, 'gold', '&locale=fr'),
      await pictureFor(documentId, 'staff', '&status=draft'),
    ].map((file) => said(file?.url));
    expect(addresses.map((address) => address.split('?')[0])).toEqual([
      english.url,
      french.url,
      draft.url,
    ]);
    for (const address of addresses) expect(await statusOf(address)).toBe(200);
  });

  test('opens it when it is open: an ungated type, a teaser', async () => {
    const onNote = await upload('on-note');
    await create(NOTE, { title: 'Note', slug: 'note', sections: [media(onNote)] });
    const avatar = await upload('avatar');
    await update(AUTHOR, site.author, { avatar: avatar.id });
    const cover = await upload('cover');
    await article(await upload('below'), { visibility: 'paid' }, { cover: cover.id });
    for (const file of [onNote, avatar, cover]) {
      expect(await statusOf(file.url)).toBe(200);
      await article(file, { visibility: 'paid' });
      expect(await statusOf(file.url)).toBe(200);
    }
    const { text } = await site.get('/api/articles?populate=cover', 'gold');
    expect(text).toContain(cover.url);
    expect(text).not.toContain('signature=');
  });

  test('opens it by a rule that lets everybody read, at once, and no longer than that', async () => {
    const file = await upload('by-rule');
    const documentId = await article(file, { visibility: 'public' });
    expect(await statusOf(file.url)).toBe(200);
    expect((await pictureFor(documentId, 'visitor'))?.url).toBe(file.url);
    expect((await pictureFor(documentId, 'fullToken'))?.url).toBe(file.url);

    const rule = (data: Data) =>
      site.admin('put', `/memberships/rules/${ARTICLE}/${documentId}`, data);
    await rule({ visibility: 'paid' });
    expect(await statusOf(file.url)).toBe(403);
    expect(await pictureFor(documentId, 'visitor')).toBeUndefined();
    expect(said((await pictureFor(documentId, 'silver'))?.url)).toContain('signature=');

    const opensAt = new Date(site.clock.now + HOUR).toISOString();
    await rule({ visibility: 'paid', opensAt });
    expect(await statusOf(file.url)).toBe(403);
    site.clock.now += HOUR;
    expect(await statusOf(file.url)).toBe(200);
    expect((await pictureFor(documentId, 'visitor'))?.url).toBe(file.url);
    site.clock.now -= HOUR;
  });

  test('by its default opens it too, but not while it is a draft', async () => {
    const file = await upload('unpublished');
    const title = 'Not yet';
    const draft = await create(
      ARTICLE,
      { title, slug: 'not-yet', sections: [media(file)] },
      { status: 'draft' }
    );
    expect(await statusOf(file.url)).toBe(403);
    const address = said((await pictureFor(draft.documentId, 'staff', '&status=draft'))?.url);
    expect(await statusOf(address)).toBe(200);
    await documentsOf(site.strapi, ARTICLE).publish({ documentId: draft.documentId });
    expect(await statusOf(file.url)).toBe(200);
    await documentsOf(site.strapi, ARTICLE).unpublish({ documentId: draft.documentId });
    expect(await statusOf(file.url)).toBe(403);
  });

  test('is asked anew: clones hold it on, and with the last entry it is free', async () => {
    const file = await upload('cloned');
    const letters = documentsOf(site.strapi, LETTER);
    const first = await create(LETTER, {
      name: 'To clone',
      slug: 'to-clone',
      body: 'x',
      attachment: file.id,
    });
    const clone = await letters.clone({
      documentId: first.documentId,
      data: { slug: 'cloned' },
    });
    expect(await statusOf(file.url)).toBe(403);
    await letters.delete({ documentId: first.documentId });
    expect(await statusOf(file.url)).toBe(403);
    await letters.delete({ documentId: clone.documentId });
    expect(await statusOf(file.url)).toBe(200);
  });

  test('that cannot be found out stays closed, and the log says why', async () => {
    const loose = await upload('undecided');
    const { related } = site.strapi.db.metadata.get('plugin::upload.file').attributes;
    const joinTable: unknown = Reflect.get(related ?? {}, 'joinTable');
    Reflect.deleteProperty(related ?? {}, 'joinTable');
    try {
      expect(await statusOf(loose.url)).toBe(403);
    } finally {
      Reflect.set(related ?? {}, 'joinTable', joinTable);
    }
    expect(site.logs.join('')).toContain('could not decide about a file');
    expect(await statusOf(loose.url)).toBe(200);
  });
});

describe('lists of files, and files in components, of a guide', () => {
  const GUIDE = 'api::guide.guide';
  let files: Uploaded[];
  let documentId: string;

  beforeAll(async () => {
    files = [];
    for (const name of ['map', 'one', 'two', 'stop', 'leg']) files.push(await upload(name));
    const [map, one, two, stop, leg] = files.map(({ id }) => id);
    const guide = await create(GUIDE, {
      title: 'Illustrated guide',
      slug: 'illustrated-guide',
      rating: 5,
      map,
      gallery: [one, two],
      stops: [{ name: 'Here', photo: stop }],
      legs: [{ __component: 'shared.stop', name: 'There', photo: leg }],
    });
    documentId = guide.documentId;
  });

  const addressesIn = (text: string) =>
    [...text.matchAll(/"(\/uploads\/[^"]+)"/g)].map(([, address = '']) => address);

  const expectOpen = async (text: string) => {
    const addresses = addressesIn(text);
    const plain = new Set(addresses.map((address) => address.split('?')[0]));
    for (const { url } of files) expect(plain).toContain(url);
    for (const address of addresses)
      expect([address, await statusOf(address)]).toEqual([address, 200]);
  };

  test('are closed', async () => {
    for (const { url } of files) expect(await statusOf(url)).toBe(403);
  });

  test('are handed out by REST, whatever fields are asked for', async () => {
    const populate = 'populate[map]=true&populate[gallery]=true&populate[stops][populate]=*';
    const legs = 'populate[legs][on][shared.stop][populate]=*';
    await expectOpen(
      (await site.get(`/api/guides/${documentId}?${populate}&${legs}`, 'gold')).text
    );
    const fields = await site.get(
      `/api/guides/${documentId}?fields[0]=title&populate[gallery][fields][0]=url`,
      'gold'
    );
    expect(addressesIn(fields.text)).toHaveLength(2);
    for (const address of addressesIn(fields.text)) expect(await statusOf(address)).toBe(200);
    expect((await site.get(`/api/guides/${documentId}?populate=*`, 'free')).text).not.toContain(
      '/uploads/'
    );
  });

  test('are handed out by GraphQL, in lists and connections', async () => {
    const query = `{ guide(documentId: "${documentId}") {
      map { url formats }
      gallery { url }
      gallery_connection { nodes { url } }
      stops { photo { url } }
      legs { ... on ComponentSharedStop { photo { url } } }
    } }`;
    const { text, body } = await site.graphql(query, 'gold');
    expect(body.errors).toBeUndefined();
    await expectOpen(text);
    expect((await site.graphql(query, 'free')).text).not.toContain('/uploads/');
  });
});

describe('GraphQL', () => {
  const LETTERS = '{ letters { attachment { url formats } } }';

  test('signs for whoever may read the entry', async () => {
    const { body } = await site.graphql(LETTERS, 'gold');
    const file = body.data?.letters?.[0]?.attachment;
    for (const address of [file?.url, file?.formats?.thumbnail?.url].map(said)) {
      expect(await statusOf(address)).toBe(200);
      expect(address).toContain('signature=');
    }
    expect((await site.graphql(LETTERS)).text).not.toContain('/uploads/');
  });

  test('signs in components, and nowhere else', async () => {
    const file = await upload('graphql');
    const documentId = await article(file, { visibility: 'paid' });
    const open = await upload('graphql-open');
    const openId = await article(open, { visibility: 'public' });
    const sections = 'sections { ... on ComponentSharedMedia { file { url } } }';
    const ask = async (id: string, viewer: ViewerName) =>
      (await site.graphql(`{ article(documentId: "${id}") { ${sections} } }`, viewer)).body.data
        ?.article?.sections?.[0]?.file?.url;
    expect(await statusOf(said(await ask(documentId, 'gold')))).toBe(200);
    expect(await ask(documentId, 'visitor')).toBeUndefined();
    expect(await ask(openId, 'visitor')).toBe(open.url);
    expect(await ask(openId, 'gold')).toBe(open.url);
  });

  test('shows files by their own door as they are stored, but to staff', async () => {
    const ask = async (viewer: ViewerName) =>
      (
        await site.graphql(
          `{ uploadFiles(filters: { hash: { eq: "${letter.hash}" } }) { url formats } }`,
          viewer
        )
      ).body.data?.uploadFiles?.[0];
    expect((await ask('gold'))?.url).toBe(letter.url);
    const staff = await ask('staff');
    expect(await statusOf(said(staff?.url))).toBe(200);
    expect(await statusOf(said(staff?.formats?.small?.url))).toBe(200);
  });
});

describe('the door of files', () => {
  test.each(['/api/upload/files?sort=id', '/api/upload/files/1'])('%s', async (door) => {
    for (const viewer of ['visitor', 'gold', 'readOnlyToken'] as const) {
      const { text } = await site.get(door, viewer);
      expect(text).not.toContain('signature=');
    }
    for (const viewer of ['staff', 'readAllToken', 'fullToken'] as const) {
      const { body, headers, status } = await site.get(door, viewer);
      // A custom token reads what is ticked for it, and files are not.
      if (status === 403) continue;
      const first = body[0] ?? body;
      expect(await statusOf(said(first.url))).toBe(200);
      expect(said(first.url)).toContain('signature=');
      expect(headers['cache-control']).toBe('private, no-store');
    }
  });

  test('signs what is related like any entry', async () => {
    const { text } = await site.get(
      '/api/upload/files?populate[related][on][api::letter.letter][populate]=*',
      'gold'
    );
    expect(text).not.toContain('"membershipAccess":{"granted":false');
  });
});

describe('the admin', () => {
  const signIn = async () => {
    const { body } = await site.http
      .post('/admin/login')
      .send({ email: 'admin@site.example', password: 'Passw0rd!' });
    return { authorization: `Bearer ${body.data.token}` };
  };

  test('shows files by a cookie that its answers bring', async () => {
    const answer = await site.http.get('/upload/files').set(await signIn());
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toContain('signature=');
    const [cookie = ''] = cookieOf(answer.headers);
    expect(cookie).toMatch(/; path=\/uploads; /);
    expect(cookie).toMatch(/; samesite=strict; httponly$/);

    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const thumbnail = letter.formats?.thumbnail?.url ?? '';
    for (const address of [letter.url, thumbnail]) {
      const shown = await site.fetch(address, { headers });
      expect(shown.status).toBe(200);
      expect(shown.headers['cache-control']).toBe('private, no-store');
      expect(shown.headers.vary).toContain('Cookie');
    }

    const [, value = ''] = headers.cookie.split('=');
    const [expires, signature] = value.split('.');
    for (const forged of [
      `${Number(expires) + 1}.${signature}`,
      `${expires}.`,
      `${expires}`,
      `.${signature}`,
      '',
    ]) {
      const cookieHeader = { cookie: `memberships_files=${forged}` };
      expect((await site.fetch(letter.url, { headers: cookieHeader })).status).toBe(403);
    }
    const [, query = ''] = said((await attachmentFor('gold'))?.url).split('?');
    const borrowed = new URLSearchParams(query);
    const asCookie = {
      cookie: `memberships_files=${borrowed.get('expires')}.${borrowed.get('signature')}`,
    };
    expect((await site.fetch(letter.url, { headers: asCookie })).status).toBe(403);

    site.clock.now += 2 * HOUR;
    expect((await site.fetch(letter.url, { headers })).status).toBe(403);
    site.clock.now -= 2 * HOUR;
  });

  test('takes the cookie at sign-out, and gives none to anybody else', async () => {
    const [gone = ''] = cookieOf(
      (await site.http.post('/admin/logout').set(await signIn())).headers
    );
    expect(gone).toMatch(/^memberships_files=; /);
    expect(cookieOf((await site.http.get('/upload/files')).headers)).toEqual([]);
    expect(cookieOf((await site.get('/api/letters', 'staff')).headers)).toEqual([]);
    expect(cookieOf((await site.get('/api/letters', 'fullToken')).headers)).toEqual([]);
  });
});

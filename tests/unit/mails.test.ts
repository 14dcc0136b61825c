import { renderMail } from '../../server/src/engagement/templates';

const LINK = 'https://front.example/set-password?code=abc&from=mail';
const mail = (email: string, link = LINK, template: 'set-password' | 'claim' = 'claim') =>
  renderMail(template, { email, link, days: 7 });

describe('a mail', () => {
  it.each(['set-password', 'claim'] as const)('has one link to click: %s', (template) => {
    const { subject, text, html } = mail('reader@mail.example', LINK, template);
    expect(subject.length).toBeGreaterThan(5);
    expect(text).toContain(LINK);
    expect(text).not.toMatch(/\*\*|\[|<|{{/);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('href="https://front.example/set-password?code=abc&amp;from=mail"');
    expect(html).toContain('<strong>reader@mail.example</strong>');
    expect(html).not.toContain('{{');
  });

  it('says for how long a claim is good', () => {
    expect(mail('reader@mail.example').text).toContain('7 days');
  });

  it.each([
    '<script>alert(1)</script>@mail.example',
    '"><img src=x onerror=alert(1)>@mail.example',
    '[click](https://evil.example)@mail.example',
    '![x](https://evil.example/x.png)@mail.example',
    '<https://evil.example>@mail.example',
    '**bold**_x_@mail.example',
    '`code`@mail.example',
    'a\n\n# Heading\n\n[x]: https://evil.example\n@mail.example',
    '{{ link }}{% raw %}@mail.example',
    'https://evil.example/@mail.example',
    'www.evil.example/@mail.example',
    'javascript:alert(1)@mail.example',
    '&lt;script&gt;@mail.example',
  ])('brings no markup along from an address: %s', (email) => {
    const { html } = mail(email);
    expect(html.match(/<a [^>]*>/g)?.filter((tag) => !tag.includes('mailto:'))).toEqual([
      '<a href="https://front.example/set-password?code=abc&amp;from=mail">',
    ]);
    expect(html.match(/<(script|img|h1|code|em|ul|ol|table)\b/g)).toBeNull();
    expect(html).not.toMatch(/<[^>]*\s(on\w+|style=(?!"(margin|max-width)))/);
    // What was typed is what is read.
    if (!email.includes('\n')) {
      const shown = html
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      expect(shown).toContain(email);
    }
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x'])(
    'has no link that runs: %s',
    (link) => {
      expect(mail('reader@mail.example', link).html).not.toMatch(
        /href="(javascript|data|vbscript)/
      );
    }
  );

  it('keeps a link whole whatever is in its query', () => {
    const link = 'https://front.example/claim?next=%2Fa%28b%29&token=a_b-c*d(e)';
    const { html, text } = mail('reader@mail.example', link);
    expect(text).toContain(link);
    expect(html).toContain(`href="${link.replaceAll('&', '&amp;')}"`);
  });
});

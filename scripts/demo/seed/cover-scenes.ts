export const WIDTH = 1200;
export const HEIGHT = 750;

export interface Scene {
  sky: [string, string];
  sea: [string, string];
  light: string;
  /** The sun or the moon: x, y and radius. */
  sun: [number, number, number];
  /** Where the horizon is, 0 (top) to 1. */
  horizon: number;
  shape: string;
}

const at = (x: number, y: number, body: string): string =>
  `<g transform="translate(${x} ${y})">${body}</g>`;

const hull = (colour: string): string =>
  `<path d="M-150 0h300l-34 62h-236z" fill="${colour}"/><path d="M-70 0v-70h120v70z" fill="${colour}" opacity=".82"/>`;

const rings = (colour: string, count: number): string =>
  Array.from(
    { length: count },
    (_, ring) =>
      `<ellipse rx="${70 + ring * 74}" ry="${26 + ring * 34}" fill="none" stroke="${colour}" stroke-width="${ring % 3 ? 2 : 4}" opacity="${0.9 - ring * 0.07}"/>`
  ).join('');

const rope = (colour: string, path: string): string =>
  `<g fill="none" stroke-linecap="round"><path d="${path}" stroke="#0b1d2a" stroke-opacity=".28" stroke-width="42"/><path d="${path}" stroke="${colour}" stroke-width="32"/><path d="${path}" stroke="#fff" stroke-opacity=".35" stroke-width="24" stroke-dasharray="3 15"/></g>`;

/** What each cover shows, in colours of its own. */
export const SCENES: Record<string, Scene> = {
  tide: {
    sky: ['#f6d9b8', '#7fb7b5'],
    sea: ['#3f8f95', '#12424f'],
    light: '#fff4dc',
    sun: [860, 150, 76],
    horizon: 0.5,
    shape: at(
      300,
      250,
      '<path d="M0 0v330" stroke="#12424f" stroke-width="16"/><path d="M0 40h46M0 90h28M0 140h46M0 190h28M0 240h46" stroke="#12424f" stroke-width="8"/>'
    ),
  },
  lamp: {
    sky: ['#0c1f38', '#2f5f7a'],
    sea: ['#17405a', '#071626'],
    light: '#f3efd2',
    sun: [300, 150, 54],
    horizon: 0.66,
    shape: at(
      860,
      300,
      '<path d="M-22 210l8-150h28l8 150z" fill="#dfe9ea"/><path d="M-20 60h40v-44h-40z" fill="#b9f5c4"/><path d="M-26 16h52l-26-30z" fill="#0b1a2c"/><path d="M-20 38L-900-90v250z" fill="#b9f5c4" opacity=".22"/>'
    ),
  },
  jar: {
    sky: ['#f7e3b5', '#e0935a'],
    sea: ['#b85c38', '#5a2a27'],
    light: '#fff1cf',
    sun: [960, 170, 84],
    horizon: 0.72,
    shape: at(
      600,
      250,
      '<path d="M-120 0q-34 26-34 80v190q0 40 40 40h228q40 0 40-40v-190q0-54-34-80z" fill="#fff6e2" opacity=".55"/><path d="M-154 130h308v140q0 40-40 40h-228q-40 0-40-40z" fill="#8c3f2c" opacity=".7"/><rect x="-132" y="-46" width="264" height="50" rx="12" fill="#5a2a27"/>'
    ),
  },
  ferry: {
    sky: ['#101a3c', '#43518c'],
    sea: ['#232f63', '#0a0f26'],
    light: '#ffd98a',
    sun: [230, 140, 58],
    horizon: 0.62,
    shape: at(
      620,
      420,
      `<path d="M-330 0h640l60-40-40 120h-620z" fill="#e8ecf7"/><path d="M-250-80h430v80h-430z" fill="#cfd6ec"/><path d="M-180-140h230v60h-230z" fill="#e8ecf7"/><path d="M60-190h70v110h-70z" fill="#e4572e"/>${Array.from({ length: 12 }, (_, n) => `<rect x="${-230 + n * 34}" y="-56" width="18" height="26" fill="#ffd98a"/>`).join('')}`
    ),
  },
  ledger: {
    sky: ['#efe6d2', '#cdbb95'],
    sea: ['#7d6f52', '#38311f'],
    light: '#fffaf0',
    sun: [1010, 150, 70],
    horizon: 0.74,
    shape: at(
      600,
      140,
      `<path d="M-260 0h520v420h-520z" fill="#fffaf0"/>${Array.from({ length: 9 }, (_, n) => `<path d="M-220 ${60 + n * 40}h${n % 3 === 2 ? 230 : 300}M150 ${60 + n * 40}h${n % 2 ? 70 : 54}" stroke="#7d6f52" stroke-width="6" opacity=".55"/>`).join('')}<path d="M120 20v380" stroke="#c2543a" stroke-width="4"/>`
    ),
  },
  chart: {
    sky: ['#f5efdc', '#e3ddc4'],
    sea: ['#9cc5c9', '#5d97a3'],
    light: '#f5efdc',
    sun: [180, 150, 60],
    horizon: 0.6,
    shape:
      at(560, 330, rings('#2c5d6b', 8)) +
      at(870, 190, '<path d="M0-90l16 74 74 16-74 16-16 74-16-74-74-16 74-16z" fill="#c2543a"/>'),
  },
  fog: {
    sky: ['#e9eceb', '#b4bfc2'],
    sea: ['#98a8ad', '#63767d'],
    light: '#f8faf9',
    sun: [840, 190, 88],
    horizon: 0.6,
    shape:
      at(640, 440, hull('#5a6b72')) +
      '<rect y="330" width="1200" height="70" fill="#eef1f0" opacity=".6"/><rect y="455" width="1200" height="46" fill="#eef1f0" opacity=".55"/>',
  },
  knot: {
    sky: ['#f3e7cd', '#9cc1b4'],
    sea: ['#5f9a8d', '#23524c'],
    light: '#fff8e6',
    sun: [300, 170, 80],
    horizon: 0.78,
    shape: rope(
      '#c98f3d',
      'M120 640C330 640 420 480 520 360S760 150 820 300 640 500 520 420 560 210 760 250 980 420 1090 120'
    ),
  },
  hitch: {
    sky: ['#f0d9c6', '#c67a5c'],
    sea: ['#8a4a3c', '#3d211f'],
    light: '#ffeeda',
    sun: [960, 150, 78],
    horizon: 0.78,
    shape:
      rope('#e9d8b4', 'M80 400h1040') +
      rope(
        '#c05a3a',
        'M360 660C400 500 420 320 500 320S520 500 590 500 590 320 670 320 690 500 760 470 900 250 1060 180'
      ),
  },
  paint: {
    sky: ['#d7e9f1', '#8dbbd2'],
    sea: ['#3b7ea1', '#173f5a'],
    light: '#ffffff',
    sun: [1020, 140, 72],
    horizon: 0.66,
    shape: at(
      600,
      400,
      '<path d="M-400-130h800l-70 120h-670z" fill="#1f5f95"/><path d="M-330-10h660l-12 26h-636z" fill="#fff"/><path d="M-318 16h636l-60 110h-510z" fill="#b3312c"/><path d="M-120-130v-110h190v110z" fill="#fdfdfb"/>'
    ),
  },
  loaf: {
    sky: ['#f8ecd0', '#e2b874'],
    sea: ['#b98142', '#5f3c1d'],
    light: '#fff7e4',
    sun: [170, 150, 70],
    horizon: 0.76,
    shape: [-210, 0, 210]
      .map((x, n) =>
        at(
          600 + x,
          430 - (n === 1 ? 130 : 0),
          `<circle r="140" fill="#d9a55b"/><circle r="118" fill="#e8c07d"/>${[-50, 0, 50].map((cx) => [-50, 0, 50].map((cy) => `<circle cx="${cx}" cy="${cy}" r="9" fill="#a86f33"/>`).join('')).join('')}`
        )
      )
      .join(''),
  },
};

import { HEIGHT, SCENES, WIDTH } from './cover-scenes';
import { createRandom, type Random } from './random';

const wave = (random: Random, top: number, colour: string, opacity: number): string => {
  const length = random.between(180, 320);
  const height = random.between(8, 20);
  let path = `M${-random.between(0, length)} ${top}`;
  for (let x = -length; x < WIDTH + length; x += length)
    path += `q${length / 4} ${-height} ${length / 2} 0t${length / 2} 0`;
  return `<path d="${path}V${HEIGHT}H-${length}z" fill="${colour}" opacity="${opacity}"/>`;
};

/** A small seascape as SVG: always the same for the same name. */
export const drawCover = (name: string): string => {
  const scene = SCENES[name];
  if (!scene) throw new Error(`There is no cover called ${name}`);
  const random = createRandom(
    [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
  );
  const horizon = HEIGHT * scene.horizon;
  const rows = [0, 1, 2, 3].map((row) =>
    wave(
      random,
      horizon + row * ((HEIGHT - horizon) / 4),
      row < 2 ? scene.sea[0] : scene.sea[1],
      0.55 + row * 0.12
    )
  );
  const [x, y, radius] = scene.sun;
  const sun = `<circle cx="${x}" cy="${y}" r="${radius}" fill="${scene.light}" opacity=".9"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${scene.sky[0]}"/><stop offset="1" stop-color="${scene.sky[1]}"/></linearGradient></defs>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#s)"/>`,
    sun,
    rows.slice(0, 2).join(''),
    scene.shape,
    rows.slice(2).join(''),
    '</svg>',
  ].join('');
};

import { SMALL_BUNDLE, writeFolder } from '../datasets/small-bundle';

/*
 * Five cities and two indicators, x and y, under an index of equal weights, nothing normalised: A = (1, 0), B = (0, 1),
 * C = (0.6, 0.6), D the same as C, E = (0.5, 0.4), which C dominates. With weight w of x, A scores w, B 1 − w, C and D 0.6,
 * E 0.4 + 0.1 w. So A is first for w > 0.6, B for w < 0.4, C and D (who tie always) in between.
 */
const VALUES = { a: [1, 0], b: [0, 1], c: [0.6, 0.6], d: [0.6, 0.6], e: [0.5, 0.4] } as const;

/** Writes the bundle of the table above; its folder goes with `removeFolders`. */
export function designedBundle(): string {
  const cities = Object.keys(VALUES).map((code) => `${code},${code.toUpperCase()}`);
  const observations = Object.entries(VALUES).flatMap(([city, values]) =>
    values.map((value, k) => `${city},${'xy'.charAt(k)},2020,${String(value)}`),
  );
  return writeFolder({
    ...SMALL_BUNDLE,
    'bundle.json': JSON.stringify({ name: 'designed', version: '1', licence: 'CC0' }),
    'cities.csv': `code,name_en\n${cities.join('\n')}\n`,
    'indicators.csv': 'code,name_en,direction\nx,X,higher_better\ny,Y,higher_better\n',
    'frameworks.csv':
      'framework,node,parent,name_en,weight,indicator,position\nf,index,,Index,1,,0\nf,x,index,X,1,x,1\nf,y,index,Y,1,y,2\n',
    'observations.csv': `city_code,indicator_code,year,value\n${observations.join('\n')}\n`,
    'published_rankings.csv': 'report,year,dimension,rank,city_code\n',
    'initiatives.csv': 'city_code,title\n',
    'methodologies.json': JSON.stringify([
      { code: 'm', name: 'Plain', framework: 'f', recipe: { normalise: { method: 'NONE' } } },
    ]),
  });
}

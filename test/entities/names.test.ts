import { localisedName, localisedProvinceName } from '../../src/entities';

describe('localisedName', () => {
  const all = { code: 'c', nameEn: 'Peking', nameZh: '北京市', nameFr: 'Pékin' };
  test.each([
    ['EN', all, 'Peking'],
    ['ZH', all, '北京市'],
    ['FR', all, 'Pékin'],
    ['FR', { ...all, nameFr: null }, 'Peking'],
    ['ZH', { ...all, nameZh: null }, 'Peking'],
    ['EN', { ...all, nameEn: null }, '北京市'],
    ['FR', { ...all, nameEn: null, nameZh: null }, 'Pékin'],
    ['EN', { ...all, nameEn: null, nameZh: null }, 'Pékin'],
    ['EN', { code: 'c', nameEn: null, nameZh: null, nameFr: null }, 'c'],
  ] as const)('%s of %j is %s', (language, entity, name) => {
    expect(localisedName(entity, language)).toBe(name);
  });
});

describe('localisedProvinceName', () => {
  const province = { provinceCode: '130000', provinceEn: 'Hebei', provinceZh: '河北省' };
  const none = { provinceCode: null, provinceEn: null, provinceZh: null };
  test.each([
    ['EN', province, 'Hebei'],
    ['FR', province, 'Hebei'],
    ['ZH', province, '河北省'],
    ['EN', { ...province, provinceEn: null }, '河北省'],
    ['ZH', { ...province, provinceEn: null, provinceZh: null }, '130000'],
    ['ZH', none, null],
  ] as const)('%s of %j is %s', (language, city, name) => {
    expect(localisedProvinceName(city, language)).toBe(name);
  });
});

import type { Language } from './enums';

/** The three name columns of an entity. */
export interface Named {
  readonly nameEn: string | null;
  readonly nameZh: string | null;
  readonly nameFr: string | null;
}

/**
 * The name in the asked language. Where there is none: the English name, else the Chinese, else the French, else the
 * code, so that the answer is never empty.
 */
export function localisedName(entity: Named & { readonly code: string }, language: Language): string {
  const asked = { EN: entity.nameEn, ZH: entity.nameZh, FR: entity.nameFr }[language];
  return asked ?? entity.nameEn ?? entity.nameZh ?? entity.nameFr ?? entity.code;
}

/** The province's name in the asked language, with the same fallback; null where the city has no province. */
export function localisedProvinceName(
  city: {
    readonly provinceCode: string | null;
    readonly provinceEn: string | null;
    readonly provinceZh: string | null;
  },
  language: Language,
): string | null {
  const asked = language === 'ZH' ? city.provinceZh : city.provinceEn;
  return asked ?? city.provinceEn ?? city.provinceZh ?? city.provinceCode;
}

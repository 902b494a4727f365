/** Codes are free text of these characters; the separators of packed lists and of composite keys are not among them. */
export const CODE_PATTERN = /^[A-Za-z0-9._-]{1,64}$/;
/** What a code may be, for messages. */
export const CODE_ALLOWED = '1 to 64 of A–Z a–z 0–9 . _ -';

import type { Language } from '../../shared/model.ts';
import { formatFor } from '../i18n/format.ts';

/** "1/125 s", "2.5 s". */
export function exposureText(seconds: number, language: Language): string {
  if (seconds > 0 && seconds < 0.35) return `1/${Math.round(1 / seconds)} s`;
  return `${numberText(seconds, language, 1)} s`;
}

/** "f/2.8". */
export function apertureText(fNumber: number, language: Language): string {
  return `f/${numberText(fNumber, language, 1)}`;
}

/** "35 mm". */
export function focalLengthText(millimetres: number, language: Language): string {
  return `${numberText(millimetres, language, 1)} mm`;
}

/** "36.06710° N, 120.38260° E", five decimals: about a metre. */
export function coordinatesText(latitude: number, longitude: number): string {
  const north = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}`;
  const east = `${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
  return `${north}, ${east}`;
}

/** "UTC+08:00" of an offset in minutes. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}

/** "12.2 MP"; null for pictures below 0.1 megapixels, where the figure says nothing. */
export function megapixelsText(width: number, height: number, language: Language): string | null {
  const megapixels = (width * height) / 1e6;
  return megapixels < 0.1 ? null : `${numberText(megapixels, language, 1)} MP`;
}

function numberText(value: number, language: Language, decimals: number): string {
  return formatFor(language).number(value, decimals);
}

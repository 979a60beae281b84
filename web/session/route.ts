import { useSyncExternalStore } from 'react';

/** A place in the app. It stands behind the `#`, so that the server knows one page and no browser sends it anywhere. */
export type Route =
  | { readonly screen: 'profile' }
  | { readonly screen: 'wallet' }
  | { readonly screen: 'dependants' }
  | { readonly screen: 'dependant'; readonly id: string }
  | { readonly screen: 'history' }
  | { readonly screen: 'scan' }
  /** A request to share: by the code that was scanned or opened, and by its handle once it was taken. */
  | { readonly screen: 'share'; readonly id: string }
  | { readonly screen: 'consents' }
  | { readonly screen: 'consent'; readonly id: string }
  /** What was read under one consent. */
  | { readonly screen: 'consent-history'; readonly id: string }
  /** The organisations one represents. */
  | { readonly screen: 'organisations' }
  /** A new relying party of an organisation. */
  | { readonly screen: 'register-party'; readonly id: string }
  /** Relying parties that wait for an operator. */
  | { readonly screen: 'parties' }
  /** The registration of one relying party. */
  | { readonly screen: 'party'; readonly id: string }
  | { readonly screen: 'account' }
  /** A new phone number, of who has the old one. */
  | { readonly screen: 'phone' }
  /** Getting back into an account, for a purpose: {@link restorePurposes}. */
  | { readonly screen: 'restore'; readonly id: string }
  /** Registering for an account, and what the law says of it: for everybody. */
  | { readonly screen: 'register' }
  | { readonly screen: 'rules' }
  | { readonly screen: 'unknown' };

/** The address of a place, for links. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'dependant':
      return `#/dependants/${encodeURIComponent(route.id)}`;
    case 'share':
      return `#/share/${encodeURIComponent(route.id)}`;
    case 'consent':
      return `#/consents/${encodeURIComponent(route.id)}`;
    case 'consent-history':
      return `#/consents/${encodeURIComponent(route.id)}/history`;
    case 'register-party':
      return `#/organisations/${encodeURIComponent(route.id)}`;
    case 'restore':
      return `#/restore/${encodeURIComponent(route.id)}`;
    case 'party':
      return `#/parties/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.screen}`;
  }
}

const plain = [
  'profile',
  'wallet',
  'dependants',
  'history',
  'scan',
  'consents',
  'organisations',
  'parties',
  'account',
  'phone',
  'register',
  'rules',
] as const;

/** Screens that show one thing, by the place they stand at. */
const single = {
  dependants: 'dependant',
  share: 'share',
  consents: 'consent',
  organisations: 'register-party',
  parties: 'party',
  restore: 'restore',
} as const;

/** What one gets back into an account for, by the place it stands at. */
export const restorePurposes = { password: 'PASSWORD', device: 'DEVICE', phone: 'PHONE' } as const;

/** The purpose of a place of getting back; null where there is no such place. */
export function restorePurposeOf(route: Route): (typeof restorePurposes)[RestorePlace] | null {
  if (route.screen !== 'restore' || !Object.hasOwn(restorePurposes, route.id)) return null;
  return restorePurposes[route.id as RestorePlace];
}

type RestorePlace = keyof typeof restorePurposes;

/** The place an address names; an empty one is the profile. */
export function routeOf(hash: string): Route {
  const [place = '', id, part, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return { screen: 'unknown' };
  if (id === undefined) {
    const screen = place === '' ? 'profile' : plain.find((one) => one === place);
    return { screen: screen ?? 'unknown' };
  }
  if (id === '' || !Object.hasOwn(single, place)) return { screen: 'unknown' };
  const screen = single[place as keyof typeof single];
  if (part === undefined) return { screen, id: decoded(id) };
  return screen === 'consent' && part === 'history'
    ? { screen: 'consent-history', id: decoded(id) }
    : { screen: 'unknown' };
}

/** Where the person is, told anew when they go somewhere else. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(listen, () => window.location.hash);
  return routeOf(hash);
}

function listen(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

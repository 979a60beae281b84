import { useSyncExternalStore } from 'react';

/** A place in the app. It stands behind the `#`, so that the server knows one page and no browser sends it anywhere. */
export type Route =
  | { readonly screen: 'profile' }
  | { readonly screen: 'wallet' }
  | { readonly screen: 'dependants' }
  | { readonly screen: 'dependant'; readonly id: string }
  | { readonly screen: 'history' }
  | { readonly screen: 'account' }
  | { readonly screen: 'unknown' };

/** The address of a place, for links. */
export function hrefOf(route: Route): string {
  return route.screen === 'dependant' ? `#/dependants/${encodeURIComponent(route.id)}` : `#/${route.screen}`;
}

/** The place an address names; an empty one is the profile. */
export function routeOf(hash: string): Route {
  const [screen = '', id, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return { screen: 'unknown' };
  if (screen === 'dependants' && id !== undefined && id !== '')
    return { screen: 'dependant', id: decoded(id) };
  if (id !== undefined) return { screen: 'unknown' };
  if (screen === '' || screen === 'profile') return { screen: 'profile' };
  if (screen === 'wallet' || screen === 'dependants' || screen === 'history' || screen === 'account')
    return { screen };
  return { screen: 'unknown' };
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

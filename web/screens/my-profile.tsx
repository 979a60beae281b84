import { AccessStrip } from '../components/access-strip.tsx';
import { Screen } from '../components/screen.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { Profile } from './profile.tsx';

const self = { kind: 'self' } as const;

/** One's own profile. */
export function MyProfile() {
  const { profile } = useTexts();
  return (
    <Screen title={profile.title}>
      <p className="lead">{profile.intro}</p>
      <AccessStrip />
      <Profile subject={self} />
    </Screen>
  );
}

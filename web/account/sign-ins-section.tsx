import { partOf, readingOf } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { type Entry, PagedList, PageLines, type PagePlace, pageSize } from '../components/paged-list.tsx';
import { Progress } from '../components/progress.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { formatInstant } from '../format/dates.ts';
import { MySignInsDocument, type MySignInsQuery } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type SignIn = NonNullable<NonNullable<NonNullable<MySignInsQuery['me']>['signIns']>['nodes']>[number];

/** Who signed in or tried to, page by page, and what to do about what one does not know. */
export function SignInsSection() {
  const { signIns: texts } = useTexts();
  return (
    <section className="section" aria-labelledby="sign-ins-heading">
      <h2 id="sign-ins-heading">{texts.title}</h2>
      <p>{texts.intro}</p>
      <PagedList title={texts.title} renderPage={(place) => <SignInPage {...place} />} />
      <p className="hint">{texts.unknown}</p>
    </section>
  );
}

function SignInPage({ after, onMore }: PagePlace) {
  const { frame, history } = useTexts();
  const { answer, asking, again } = useAnswer(MySignInsDocument, { first: pageSize, after });
  const entry = useSignInEntry();
  if (answer === null) return <Progress label={frame.asking} />;
  const page = answer.data?.me?.signIns;
  const nodes = partOf(page?.nodes, readingOf(answer, ['me', 'signIns', 'nodes']));
  if (nodes.state === 'withheld')
    return <MissingMessage failure={nodes.failure} asking={asking} again={again} />;
  if (nodes.state === 'none') return <output>{history.none}</output>;
  return <PageLines nodes={nodes.value} entry={entry} pageInfo={page?.pageInfo} onMore={onMore} />;
}

function useSignInEntry(): (signIn: SignIn) => Entry {
  const { signIns: texts, sessions, language } = useTexts();
  return ({ at, outcome, device, newDevice, sameNetwork }) => ({
    title: outcome === null ? '' : texts.outcomes[outcome],
    facts: [
      [texts.at, at === null ? null : formatInstant(at, language)],
      [
        texts.device,
        newDevice === true ? texts.newDevice(device ?? sessions.unnamed) : (device ?? sessions.unnamed),
      ],
      [
        texts.network,
        sameNetwork === null
          ? texts.unknownNetwork
          : sameNetwork
            ? sessions.sameNetwork
            : sessions.otherNetwork,
      ],
    ],
  });
}

import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { hrefOf } from '../audit/route.ts';
import {
  busiestHour,
  type Flag,
  isNightBrowser,
  nightShare,
  ordered,
  type ReaderOrder,
  readerOrders,
  type StandingOut,
} from '../audit/stand-out.ts';
import { ChartTable } from '../charts/chart-frame.tsx';
import { HourProfile } from '../charts/hour-profile.tsx';
import { ReaderName, readerText } from '../components/reader-name.tsx';
import { formatCount, formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

const fewProfiles = 8;

/** Every reader's day in small, in an order one chooses: who differs is seen at once. */
export function Readers({ readers }: { readonly readers: readonly StandingOut[] }) {
  const { readers: words } = useConsoleTexts();
  const [order, setOrder] = useState<ReaderOrder>('AT_NIGHT');
  const [showsAll, setShowsAll] = useState(false);
  const shown = ordered(readers, order);
  const flagged = readers.filter(({ flags }) => flags.length > 0).length;
  return (
    <>
      <h2 tabIndex={-1}>{words.title}</h2>
      <p className="stand-out-line">{words.standOut(flagged)}</p>
      <details className="figures">
        <summary>{words.rulesTitle}</summary>
        <p>{words.rules}</p>
      </details>
      <h3>{words.profiles}</h3>
      <p className="hint">{words.profilesIntro}</p>
      <fieldset className="orders">
        <legend>{words.order}</legend>
        {readerOrders.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={one === order}
            onClick={() => setOrder(one)}
          >
            {words.orders[one]}
          </button>
        ))}
      </fieldset>
      <output className="heard">{words.ordered(words.orders[order])}</output>
      <ol className="profiles">
        {shown.slice(0, showsAll ? shown.length : fewProfiles).map((reader) => (
          <Profile key={reader.key} reader={reader} order={order} />
        ))}
      </ol>
      {!showsAll && shown.length > fewProfiles && (
        <button type="button" className="button quiet small" onClick={() => setShowsAll(true)}>
          {words.more(shown.length - fewProfiles)}
        </button>
      )}
      <ReaderTable readers={shown} />
    </>
  );
}

function ReaderTable({ readers }: { readonly readers: readonly StandingOut[] }) {
  const texts = useConsoleTexts();
  const { readers: words, language } = texts;
  const count = (number: number): string => formatCount(number, language);
  return (
    <ChartTable
      title={words.table}
      head={[
        words.who,
        words.reads,
        words.people,
        words.inADay,
        words.night,
        words.withoutConsent,
        words.withoutCase,
        words.refused,
      ]}
      rows={readers.map((reader) => [
        reader.key,
        reader.id === null ? (
          readerText(reader, texts)
        ) : (
          <a key={reader.key} href={hrefOf({ screen: 'search', filter: { actorId: reader.id } })}>
            {readerText(reader, texts)}
          </a>
        ),
        count(reader.reads),
        count(reader.people),
        count(reader.peopleInADay),
        `${count(reader.atNight)} (${formatShare(nightShare(reader), language)})`,
        count(reader.withoutConsent),
        count(reader.withoutCase),
        count(reader.refused),
      ])}
    />
  );
}

interface ProfileProps {
  readonly reader: StandingOut;
  readonly order: ReaderOrder;
}

function Profile({ reader, order }: ProfileProps) {
  const texts = useConsoleTexts();
  const { readers: words, charts, language } = texts;
  const share = formatShare(nightShare(reader), language);
  const count = (number: number): string => formatCount(number, language);
  const facts: readonly (readonly [ReaderOrder, string, string])[] = [
    ['READS', words.reads, count(reader.reads)],
    ['PEOPLE', words.people, count(reader.people)],
    ['IN_A_DAY', words.inADay, count(reader.peopleInADay)],
    ['AT_NIGHT', words.night, share],
    ['WITHOUT_CONSENT', words.withoutConsent, count(reader.withoutConsent)],
    ['REFUSED', words.refused, count(reader.refused)],
  ];
  return (
    <li className={reader.flags.length > 0 ? 'profile-card flagged' : 'profile-card'}>
      <ReaderName reader={reader} />
      <HourProfile
        byHour={reader.byHour}
        alarming={isNightBrowser(reader)}
        label={words.profile(readerText(reader, texts), share, charts.hourValue(busiestHour(reader.byHour)))}
      />
      <p className="hours-line" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </p>
      {reader.flags.length > 0 && (
        <ul className="flags">
          {reader.flags.map((flag) => (
            <li key={flag}>
              <Icon name="missing" /> <FlagText flag={flag} reader={reader} />
            </li>
          ))}
        </ul>
      )}
      <dl className="profile-facts">
        {facts.map(([key, term, value]) => (
          <div key={key} className={key === order ? 'ordering' : undefined}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reader.id !== null && (
        <a href={hrefOf({ screen: 'search', filter: { actorId: reader.id } })}>
          {words.open}
          <span className="heard">: {readerText(reader, texts)}</span>
        </a>
      )}
    </li>
  );
}

function FlagText({ flag, reader }: { readonly flag: Flag; readonly reader: StandingOut }) {
  const { readers: words, language } = useConsoleTexts();
  const count = (number: number): string => formatCount(number, language);
  switch (flag) {
    case 'NIGHT':
      return words.flags.night(formatShare(nightShare(reader), language), count(reader.people));
    case 'MANY':
      return words.flags.many(count(reader.peopleInADay));
    case 'NO_GROUND':
      return words.flags.noGround(count(Math.min(reader.withoutConsent, reader.withoutCase)));
    case 'REFUSED':
      return words.flags.refused(
        formatShare(reader.refused / Math.max(1, reader.reads + reader.refused), language),
      );
  }
}

import { useId } from 'react';
import { Fact } from '../components/fact.tsx';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { itemWords } from './item-words.ts';
import type { ShareItem } from './share.ts';
import { sortItems } from './sort-items.ts';

/** How an item is ticked, where it can be. */
interface Ticking {
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (id: string, isTicked: boolean) => void;
}

interface ItemListProps {
  readonly items: readonly ShareItem[];
  /** Absent where there is nothing left to decide. */
  readonly ticking?: Ticking;
}

/** What is asked or was agreed to, by how it is decided; each in words, with what is sensitive marked as such. */
export function ItemList({ items, ticking }: ItemListProps) {
  const { share } = useTexts();
  const { items: texts } = share;
  const sorted = sortItems(items);
  if (items.length === 0) return <p className="nothing">{texts.none}</p>;
  if (ticking === undefined) return <Items items={items} />;
  return (
    <>
      <ItemGroup title={texts.essential} note={texts.essentialNote} items={sorted.essential} />
      <ItemGroup title={texts.separate} note={texts.separateNote} items={sorted.separate} ticking={ticking} />
      <ItemGroup
        title={texts.voluntary}
        note={texts.voluntaryNote}
        items={sorted.voluntary}
        ticking={ticking}
      />
    </>
  );
}

interface ItemGroupProps extends ItemListProps {
  readonly title: string;
  readonly note: string;
}

function ItemGroup({ title, note, items, ticking }: ItemGroupProps) {
  if (items.length === 0) return null;
  return (
    <fieldset className="item-group">
      <legend>{title}</legend>
      <p className="hint">{note}</p>
      <Items items={items} {...(ticking === undefined ? {} : { ticking })} />
    </fieldset>
  );
}

function Items({ items, ticking }: ItemListProps) {
  return (
    <>
      <ul className="share-items">
        {items.map((item) => (
          <li key={item.id} className={item.sensitive === true ? 'share-item sensitive' : 'share-item'}>
            <Item item={item} {...(ticking === undefined ? {} : { ticking })} />
          </li>
        ))}
      </ul>
      <ExactFields items={items} />
    </>
  );
}

/** What each item is to a program, folded below the words, so that the words stay short enough to be read. */
function ExactFields({ items }: ItemListProps) {
  const texts = useTexts();
  const named = items.filter(({ fields }) => fields !== null && fields.length > 0);
  if (named.length === 0) return null;
  return (
    <details className="more exact-fields">
      <summary>{texts.share.items.fields}</summary>
      <dl className="facts">
        {named.map((item) => (
          <Fact
            key={item.id}
            term={itemWords(item, texts, texts.language).label}
            value={item.fields?.map((field) => <code key={field}>{field}</code>)}
          />
        ))}
      </dl>
    </details>
  );
}

function Item({ item, ticking }: { readonly item: ShareItem; readonly ticking?: Ticking }) {
  const texts = useTexts();
  const { items: said } = texts.share;
  const { label, explanation } = itemWords(item, texts, texts.language);
  const id = useId();
  return (
    <>
      {ticking === undefined ? (
        <p className="item-name">{label}</p>
      ) : (
        <label className="tick">
          <input
            type="checkbox"
            checked={ticking.ticked.has(item.id)}
            aria-describedby={id}
            onChange={(event) => ticking.onTick(item.id, event.target.checked)}
          />
          <span className="item-name">{said.give(label)}</span>
        </label>
      )}
      <div id={id} className="item-about">
        <Marks item={item} isDeciding={ticking !== undefined} />
        {explanation !== null && <p className="hint">{explanation}</p>}
      </div>
    </>
  );
}

function Marks({ item, isDeciding }: { readonly item: ShareItem; readonly isDeciding: boolean }) {
  const { share } = useTexts();
  const { items: said } = share;
  const needsTick = isDeciding && item.separateTick === true && item.voluntary !== true;
  const isFree = item.voluntary === true && item.separateTick === true;
  if (item.sensitive !== true && !needsTick && !isFree) return null;
  return (
    <p className="marks">
      {item.sensitive === true && (
        <span className="badge bad">
          <Icon name="missing" /> {said.sensitive}
        </span>
      )}
      {needsTick && <span className="badge">{said.neededMark}</span>}
      {isFree && <span className="badge">{said.voluntaryMark}</span>}
    </p>
  );
}

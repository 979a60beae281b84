import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  readonly title: string;
  readonly text: string;
}

/** Something to be copied as it is, with the button that copies it. */
export function CodeBlock({ title, text }: CodeBlockProps) {
  return (
    <div className="code-block">
      <p className="code-head">
        <span>{title}</span>
        <CopyButton text={text} what={title} />
      </p>
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
}

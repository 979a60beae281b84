interface FormMessageProps {
  readonly text: string | null;
  readonly id?: string;
}

/** What went wrong with a form, read out as soon as it stands. */
export function FormMessage({ text, id }: FormMessageProps) {
  return (
    <div role="alert" id={id}>
      {text !== null && <p className="form-message">{text}</p>}
    </div>
  );
}

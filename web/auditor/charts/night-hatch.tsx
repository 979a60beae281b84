/** The pattern of what happened at night: told from the day by lines as well as by colour. */
export function NightHatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="night-fill" />
        <rect width="2" height="6" className="night-line" />
      </pattern>
    </defs>
  );
}

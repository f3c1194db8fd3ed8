import { CopyButton } from '../ui/copy-button.tsx';
import './code.css';

interface Props {
  text: string;
  /** What it is, for screen readers. */
  label: string;
  primary?: boolean;
}

/** Something to take along, whole at any width. */
export function Code({ text, label, primary = false }: Props) {
  return (
    <figure class="code">
      <figcaption class="sr">{label}</figcaption>
      <pre>{text}</pre>
      <CopyButton text={text} kind={primary ? 'primary' : 'plain'} />
    </figure>
  );
}

import './failure.css';

/** Why the form as a whole was not taken. */
export function Failure({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p class="form-failure" role="alert">
      {text}
    </p>
  );
}

import { Choice } from '../ui/choice.tsx';
import { segmentDialogs as words } from '../words/segment-dialogs.ts';

/** Whether a segment is one's own, or everybody's who sees the site; and what that means for an address with it. */
export function ForWhom({ shared, onChange }: { shared: boolean; onChange: (shared: boolean) => void }) {
  return (
    <div class="field">
      <Choice
        label={words.forWhom}
        name="shared"
        value={shared ? 'shared' : 'own'}
        options={[
          { value: 'own', label: words.own },
          { value: 'shared', label: words.shared },
        ]}
        onChange={(value) => onChange(value === 'shared')}
      />
      <p class="note">{shared ? words.sharedMeans : words.ownMeans}</p>
    </div>
  );
}

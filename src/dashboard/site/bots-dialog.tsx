import type { BotsJson } from '../../contract/api.ts';
import { exact, percent } from '../format.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Count } from '../ui/number.tsx';
import { Table } from '../ui/table.tsx';

interface Props {
  bots: BotsJson;
  base: string;
  onClose: () => void;
}

/** Why visits were taken for bots'. */
export function BotsDialog({ bots, base, onClose }: Props) {
  const rules = bots.rules.filter((one) => one.visits > 0);
  return (
    <Dialog title="Why they are taken for bots" wide onClose={onClose}>
      <p class="muted">
        {exact(bots.bot_visits)} of {exact(bots.visits)} visits of this range, whatever the filters
        {bots.bot_requests_share !== null && `, and ${percent(bots.bot_requests_share)} of page views and events`}. A
        visit may bear several signs; people bear some of them, too.
      </p>
      <Table
        caption="Signs of a bot, and how many visits bore them"
        rows={rules}
        rowKey={({ rule }) => rule}
        columns={[
          { head: 'Sign', class: 'bots-sign', cell: ({ says }) => says },
          { head: 'Visits', numeric: true, cell: ({ visits }) => <Count of={visits} /> },
          { head: 'Bots’', numeric: true, cell: ({ bot_visits }) => <Count of={bot_visits} /> },
          {
            head: 'Weight',
            numeric: true,
            cell: ({ confidence }) => (confidence === 0 ? 'off' : exact(confidence)),
          },
        ]}
      />
      <div class="dialog-foot">
        <ButtonLink href={`${base}/settings`}>What a sign weighs</ButtonLink>
      </div>
    </Dialog>
  );
}

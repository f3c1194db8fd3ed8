import * as Dialog from '@radix-ui/react-dialog';
import * as Menu from '@radix-ui/react-dropdown-menu';
import { createRoot } from 'react-dom/client';

// Unstyled React components: portals, guards of focus, everything else hidden from screen readers, a scroll lock.

createRoot(document.getElementById('app')).render(
  <>
    <Menu.Root>
      <Menu.Trigger id="menu">Menu</Menu.Trigger>
      <Menu.Portal>
        <Menu.Content sideOffset={4}>
          <Menu.Item>New</Menu.Item>
          <Menu.CheckboxItem checked>Grid</Menu.CheckboxItem>
          <Menu.Sub>
            <Menu.SubTrigger>More</Menu.SubTrigger>
            <Menu.Portal>
              <Menu.SubContent>
                <Menu.Item>Export</Menu.Item>
              </Menu.SubContent>
            </Menu.Portal>
          </Menu.Sub>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
    <Dialog.Root>
      <Dialog.Trigger id="dialog">Dialog</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay style={{ position: 'fixed', inset: 0, background: '#0003' }} />
        <Dialog.Content style={{ position: 'fixed', inset: '20%', background: '#fff' }}>
          <Dialog.Title>Profile</Dialog.Title>
          <Dialog.Description>Who you are</Dialog.Description>
          <input id="name" />
          <Dialog.Close>Done</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
    <div style={{ height: 2000 }}>A long page</div>
  </>,
);

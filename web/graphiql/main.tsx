import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { askGateway } from './ask-gateway.ts';
import { forgetfulStorage } from './forgetful-storage.ts';

const root = document.getElementById('root');
if (root !== null) {
  // No history plugin, and nothing kept: variables may hold somebody's number, and the next user of this machine is another.
  createRoot(root).render(
    <GraphiQL fetcher={askGateway} storage={forgetfulStorage()} plugins={[]} shouldPersistHeaders={false} />,
  );
}

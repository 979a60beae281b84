import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { chosenLanguage } from './texts/chosen-language.ts';
import './styles/tokens.css';
import './styles/page.css';
import './styles/forms.css';
import './styles/sections.css';
import './styles/documents.css';
import './styles/access.css';
import './styles/sharing.css';
import './styles/parties.css';
import './styles/registration.css';

document.documentElement.lang = chosenLanguage();

const root = document.querySelector('#app');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

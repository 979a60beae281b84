import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chosenLanguage } from '../texts/chosen-language.ts';
import { AuditorApp } from './auditor-app.tsx';
import '../styles/tokens.css';
import '../styles/page.css';
import '../styles/forms.css';
import '../styles/sections.css';
import '../styles/documents.css';
import './styles/console.css';
import './styles/charts.css';
import './styles/search.css';

document.documentElement.lang = chosenLanguage();

const root = document.querySelector('#app');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <AuditorApp />
    </StrictMode>,
  );
}

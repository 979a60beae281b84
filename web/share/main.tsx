import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chosenLanguage } from '../texts/chosen-language.ts';
import { handleOf } from './handle-of.ts';
import { ShareApp } from './share-app.tsx';
import '../styles/tokens.css';
import '../styles/page.css';
import '../styles/forms.css';
import './styles/share.css';

document.documentElement.lang = chosenLanguage();

const root = document.querySelector('#app');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ShareApp handle={handleOf(window.location.pathname)} />
    </StrictMode>,
  );
}

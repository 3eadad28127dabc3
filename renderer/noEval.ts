import { config } from 'zod';

// Else it tries whether it may make code of text, which the page's policy forbids and the browser reports.
config({ jitless: true });

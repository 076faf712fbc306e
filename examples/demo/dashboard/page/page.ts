import { merge } from 'rxjs';
import { chatPanel } from './chatPanel';
import { counts$ } from './counts';
import { feedPanel } from './feedPanel';
import { tablePanel } from './tablePanel';

merge(chatPanel(counts$), feedPanel(counts$), tablePanel(counts$)).subscribe();

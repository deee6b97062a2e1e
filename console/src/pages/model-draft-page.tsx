import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type ModelDraft, sourceOf, useModelDraft } from '../ask/model-draft.ts';
import { filesOf, useModelText } from '../ask/models.ts';
import { publishModel } from '../ask/publish-model.ts';
import { useRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { DraftEditor } from '../parts/draft-editor.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ModelPreview } from '../parts/model-preview.tsx';
import { Page } from '../parts/page.tsx';
import { WriteForm } from '../parts/write-form.tsx';
import { draftWords, publishedWords } from '../words/draft-words.ts';

/** Where a model is written, checked while one writes, and published. */
export function ModelDraftPage() {
  const { from } = useSearch({ from: '/models/draft' });
  const { subject } = useCaller();
  const { isKnown, mayPublishModel } = useRights();
  const { draft, change } = useModelDraft(subject);
  const [published, setPublished] = useState<string>();
  return (
    <Page title={draftWords.title}>
      {isKnown && !mayPublishModel && <p className="muted">{draftWords.notPublisher}</p>}
      {published !== undefined && <Published id={published} />}
      {mayPublishModel && published === undefined && (
        <Draft
          from={from}
          draft={draft}
          onChange={change}
          onPublished={(id) => {
            change(undefined);
            setPublished(id);
          }}
        />
      )}
    </Page>
  );
}

function Published({ id }: { readonly id: string }) {
  return (
    <section role="status" data-done="publish">
      <p>{publishedWords(id)}</p>
      <p>
        <Link to="/models/$model/activate" params={{ model: id }}>
          {draftWords.activate}
        </Link>
      </p>
    </section>
  );
}

interface DraftProps {
  /** The model to begin with; the active one if it is left out. */
  readonly from: string | undefined;
  readonly draft: ModelDraft | undefined;
  readonly onChange: (draft: ModelDraft | undefined) => void;
  readonly onPublished: (id: string | undefined) => void;
}

/** What was begun is gone on with, whatever the address says: it is never thrown away unasked. */
function Draft({ from, draft, onChange, onPublished }: DraftProps) {
  const begun = useModelText(draft?.from ?? from);
  const [isPublishing, setIsPublishing] = useState(false);
  return (
    <Loaded query={begun}>
      {(model) => {
        if (model === null) return <p>{draftWords.noModel}</p>;
        const shown = draft ?? { from: model.id, files: filesOf(model) };
        if (isPublishing) {
          return <PublishForm draft={shown} onCancel={() => setIsPublishing(false)} onPublished={onPublished} />;
        }
        return (
          <DraftEditor
            draft={shown}
            before={filesOf(model)}
            onChange={onChange}
            onPublish={() => setIsPublishing(true)}
          />
        );
      }}
    </Loaded>
  );
}

interface PublishFormProps {
  readonly draft: ModelDraft;
  readonly onCancel: () => void;
  readonly onPublished: (id: string | undefined) => void;
}

function PublishForm({ draft, onCancel, onPublished }: PublishFormProps) {
  return (
    <WriteForm
      write={publishModel}
      input={sourceOf(draft)}
      name={draftWords.publish}
      showPreview={({ diff, impact }) => <ModelPreview diff={diff} impact={impact} />}
      onCancel={onCancel}
      onDone={({ model }) => onPublished(model?.id)}
    >
      <p>{draftWords.activateNote}</p>
    </WriteForm>
  );
}

import { Archive, CirclePause, CirclePlay, ExternalLink, Warehouse } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useParams } from 'react-router';
import { productPath } from '../../../addresses.ts';
import { AdminPage, Detail, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { browserApi } from '../../api/client.ts';
import { Moment, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';
import { Confirm } from '../parts/confirm.tsx';
import { SellerLink } from '../parts/person.tsx';
import { StatusTag } from '../parts/status-tag.tsx';
import { DetailsForm, type Product } from './details-form.tsx';
import { Images } from './images.tsx';
import { Variants } from './variants.tsx';

/** On sale or not, and off sale for good. */
const State = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { language } = useSetting();
  const [isLeaving, setLeaving] = useState(false);
  const { isBusy, failure, send, clear } = useSending(['products']);
  const params = { path: { id: product.id } };
  const isActive = product.status === 'active';
  const turn = async (): Promise<void> => {
    const url = `/api/v1/products/{id}/${isActive ? 'deactivate' : 'activate'}` as const;
    if (await send(() => bodyOf(browserApi().POST(url, { params }))))
      toast(say(isActive ? 'product.deactivated' : 'product.activated'));
  };
  const archive = async (): Promise<void> => {
    if (!(await send(() => bodyOf(browserApi().DELETE('/api/v1/products/{id}', { params })))))
      return;
    toast(say('product.archived'));
    setLeaving(false);
  };
  return (
    <Section id="state" title={say('product.onSale')}>
      {!isLeaving && <FormFailure failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button
          size={40}
          kind={isActive ? 'outline' : 'filled'}
          icon={isActive ? CirclePause : CirclePlay}
          isBusy={isBusy}
          onClick={() => void turn()}
        >
          {say(isActive ? 'products.deactivate' : 'products.activate')}
        </Button>
        {isActive && (
          <ButtonLink size={40} icon={ExternalLink} to={productPath(language, product)} isDocument>
            {say('product.view')}
          </ButtonLink>
        )}
        {product.status !== 'archived' && (
          <Button
            size={40}
            icon={Archive}
            onClick={() => {
              clear();
              setLeaving(true);
            }}
          >
            {say('product.archive')}
          </Button>
        )}
      </div>
      <Confirm
        isOpen={isLeaving}
        title={say('product.archive')}
        text={say('product.archiveText', { title: product.title })}
        action={say('product.archive')}
        isBusy={isBusy}
        failure={failure}
        onConfirm={() => void archive()}
        onClose={() => setLeaving(false)}
      />
    </Section>
  );
};

const Aside = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const { handle = '—', slug, created_at: createdAt, updated_at: updatedAt } = product;
  return (
    <>
      <State product={product} />
      <Section id="facts" title={say('goods.facts')}>
        <Facts
          of={[
            [say('goods.seller'), <SellerLink key="seller" id={product.seller.id} />],
            [say('product.slug'), <code key="slug">{slug}</code>],
            [say('product.handle'), <code key="handle">{handle}</code>],
            [say('goods.created'), <Moment key="created" at={createdAt} />],
            [say('goods.updated'), <Moment key="updated" at={updatedAt} />],
          ]}
        />
        <ButtonLink
          size={36}
          icon={Warehouse}
          to={`/admin/inventario?q=${encodeURIComponent(product.title)}`}
          className="self-start"
        >
          {say('product.toStock')}
        </ButtonLink>
      </Section>
    </>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const back = useBack('products');
  const { product: id = '' } = useParams();
  const product = useLoaded(['products', 'detail', id], (signal) =>
    browserApi().GET('/api/v1/products/{id}', { params: { path: { id } }, signal }),
  );
  const { data } = product;
  return (
    <AdminPage
      title={data?.title ?? say('title.product')}
      tag={data && <StatusTag kind="product" of={data.status ?? 'active'} />}
      back={back}
    >
      <Region of={product} lines={8}>
        {(shown) => (
          <Detail aside={<Aside product={shown} />}>
            <Section id="details" title={say('product.details')}>
              <DetailsForm product={shown} />
            </Section>
            <Variants product={shown} />
            <Images product={shown} />
          </Detail>
        )}
      </Region>
    </AdminPage>
  );
};

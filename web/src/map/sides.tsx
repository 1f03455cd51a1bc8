// The two stores side by side, and the practice Docker Hub above them.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import { ImageCard, Item, ManifestCard } from './cards.tsx';
import { loginText } from './items.ts';
import type { Group, MapLayout, RegistryView } from './layout.ts';
import { familiar } from './names.ts';

export function EngineSide({ layout: { engine, images } }: { layout: MapLayout }) {
  const isEmpty = images.length === 0;
  return (
    <section class="map-side" aria-label={texts.map.engine} data-state={engine.state}>
      <SideHead item="engine" name={texts.map.engine} about={texts.map.engineAbout} />
      {engine.state === 'away' && <p class="map-said">{texts.map.engineAway}</p>}
      {engine.state === 'none' && <p class="map-said">{texts.map.engineNone}</p>}
      {engine.state === 'up' && isEmpty && <p class="map-said">{texts.map.engineEmpty}</p>}
      {images.map((group) => (
        <CardGroup
          key={group.name}
          group={group}
          name={group.name || texts.map.nameless}
          isBare={images.length < 2 || group.cards.length < 2}
        >
          {group.cards.map((card) => (
            <ImageCard key={card.key} view={card} />
          ))}
        </CardGroup>
      ))}
      {engine.more > 0 && <p class="map-said">{texts.map.more({ n: engine.more })}</p>}
    </section>
  );
}

export function RegistrySide({ view: { registry, groups } }: { view: RegistryView }) {
  const { host, state, more, login, asksLogin } = registry;
  const isOpen = state === 'up';
  return (
    <section class="map-side" aria-label={texts.map.registry({ host })} data-state={state}>
      <SideHead
        item={`registry ${host}`}
        name={texts.map.registry({ host })}
        about={asksLogin || login ? '' : texts.map.registryAbout}
      >
        {(asksLogin || login) && (
          <span class="map-lock" data-in={login !== null}>
            <Icon name={login ? 'unlock' : 'lock'} />
            {loginText(registry)}
          </span>
        )}
      </SideHead>
      {(!isOpen || groups.length === 0) && (
        <p class="map-said">
          {state === 'login-required' && login ? texts.map.loginHidden : texts.map.registryStates[state]}
        </p>
      )}
      {groups.map((group) => (
        <CardGroup
          key={group.name}
          group={group}
          name={group.name}
          item={`repository ${host}/${group.name}`}
          isBare={false}
        >
          {group.cards.map((card) => (
            <ManifestCard key={card.key} view={card} />
          ))}
        </CardGroup>
      ))}
      {more > 0 && <p class="map-said">{texts.map.more({ n: more })}</p>}
    </section>
  );
}

export function HubStrip({ view: { registry, groups }, layout }: { view: RegistryView; layout: MapLayout }) {
  const names = new Set(
    layout.images.flatMap(({ cards }) => cards.flatMap(({ image }) => [...image.tags, ...image.digests])),
  );
  const tags = groups.flatMap((group) =>
    group.cards.flatMap(({ labels, manifest }) =>
      labels
        .filter(({ isGhost }) => !isGhost)
        .map((label) => {
          const repository = familiar('docker.io', group.name);
          const isHere = names.has(`${repository}@${manifest.digest}`);
          return { ...label, name: `${repository}:${label.text}`, isHere };
        }),
    ),
  );
  return (
    <section class="map-hub" aria-label={texts.map.hub}>
      <Item item="registry docker.io" class="map-hub-name">
        {texts.map.hub}
      </Item>
      {registry.login && (
        <span class="map-lock" data-in>
          <Icon name="unlock" />
          {loginText(registry)}
        </span>
      )}
      {registry.state === 'down' && <span class="map-soft">{texts.map.hubDown}</span>}
      {registry.state === 'up' && tags.length === 0 && <span class="map-soft">{texts.map.hubEmpty}</span>}
      <ul class="map-hub-tags">
        {tags.map(({ key, name, isHere }) => (
          <li key={key}>
            <Item item={key} class="map-label" data-here={isHere}>
              <span class="map-name" translate={false}>
                {name}
              </span>
              {isHere && <span class="visually-hidden">, {texts.map.inEngine}</span>}
            </Item>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SideHead({
  item,
  name,
  about,
  children,
}: {
  item: string;
  name: string;
  about: string;
  children?: ComponentChildren;
}) {
  return (
    <header class="map-side-head">
      <h3>
        <Item item={item} class="map-side-name">
          {name}
        </Item>
      </h3>
      {about && <p class="map-soft">{about}</p>}
      {children}
    </header>
  );
}

type GroupProps = {
  group: Group<unknown>;
  name: string;
  item?: string;
  /** Its cards tell the name themselves. */
  isBare: boolean;
  children: ComponentChildren;
};

function CardGroup({ group, name, item, isBare, children }: GroupProps) {
  const open = useSignal(true);
  if (isBare) return <ul class="map-cards">{children}</ul>;
  return (
    <div class="map-group">
      <h4>
        <button
          type="button"
          class="map-fold"
          aria-expanded={open.value}
          aria-label={texts.map.collapse({ name, n: group.cards.length })}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <Icon name="chevron" />
        </button>
        {item === undefined ? (
          <span translate={group.name === ''}>{name}</span>
        ) : (
          <Item item={item} class="map-repository" translate={false}>
            {name}
          </Item>
        )}
        <span class="map-soft">{group.cards.length}</span>
      </h4>
      {open.value && <ul class="map-cards">{children}</ul>}
    </div>
  );
}

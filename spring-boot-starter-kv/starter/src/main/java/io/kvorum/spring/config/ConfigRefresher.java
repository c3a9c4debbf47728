/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import io.kvorum.client.Event;
import io.kvorum.client.KvException;
import io.kvorum.client.Result;
import io.kvorum.client.WatchListener;
import io.kvorum.client.Watcher;

/**
 * Follows the configuration: what changes is read whole, at one revision, tried on the
 * side, and then put in force for the beans that it is about. What does not fit changes
 * nothing. One thread does all of that.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The revision in force never goes back.</li>
 * <li>Beans see all of a revision or nothing of it.</li>
 * </ol>
 */
final class ConfigRefresher implements SmartLifecycle {

    private static final Log logger = LogFactory.getLog(ConfigRefresher.class);

    private static final long RETRY_MILLIS = 1000;

    private final ConfigurableApplicationContext context;

    private final ConfigSources sources;

    private final KvConfigProperties.Refresh settings;

    private final ObjectProvider<ConfigurationPropertiesRebinder> rebinder;

    private final ObjectProvider<RefreshScope> refreshScope;

    private final DryRun dryRun;

    private final AtomicBoolean due = new AtomicBoolean();

    private final List<Watcher> watchers = new ArrayList<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
        Thread created = new Thread(task, "kv-config-refresh");
        created.setDaemon(true);
        return created;
    });

    private volatile boolean running;

    private volatile long revision;

    ConfigRefresher(ConfigurableApplicationContext context, ConfigSources sources, KvConfigProperties.Refresh settings,
            ObjectProvider<ConfigurationPropertiesRebinder> rebinder, ObjectProvider<RefreshScope> refreshScope) {
        this.context = context;
        this.sources = sources;
        this.settings = settings;
        this.rebinder = rebinder;
        this.refreshScope = refreshScope;
        this.dryRun = new DryRun(context);
        this.revision = sources.reader().revision();
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Returns the revision in force. */
    long revision() {
        return this.revision;
    }

    @Override
    public void start() {
        this.running = true;
        this.thread.execute(this::watchAll);
    }

    @Override
    public void stop() {
        this.running = false;
        this.thread.shutdownNow();
        synchronized (this.watchers) {
            this.watchers.forEach(Watcher::close);
            this.watchers.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void watchAll() {
        for (KvPropertySource source : this.sources.following()) {
            watch(source.getSource());
        }
    }

    private void watch(ConfigSelection selection) {
        this.sources.client()
            .watch(selection.range(), this.revision, new Changes())
            .whenComplete((watcher, failure) -> {
                if (failure != null) {
                    later(() -> watch(selection), RETRY_MILLIS);
                    return;
                }
                synchronized (this.watchers) {
                    this.watchers.add(watcher);
                }
                if (!this.running) {
                    watcher.close();
                }
            });
    }

    private void changed() {
        if (this.due.compareAndSet(false, true)) {
            later(this::refresh, this.settings.debounce().toMillis());
        }
    }

    private void later(Runnable task, long millis) {
        if (this.running) {
            this.thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void refresh() {
        this.due.set(false);
        List<KvPropertySource> following = this.sources.following();
        try {
            ConfigSnapshot snapshot = this.sources.reader()
                .readAll(following.stream().map(KvPropertySource::getSource).toList());
            if (snapshot.revision() > this.revision) {
                apply(following, snapshot);
            }
        }
        catch (KvConfigException ex) {
            reject(this.revision, Map.of("document", String.valueOf(ex.getMessage())));
        }
        catch (KvException ex) {
            logger.warn("config revision " + this.revision + " stays, the next one cannot be read: " + ex.getMessage());
            later(this::changed, RETRY_MILLIS);
        }
        catch (RuntimeException ex) {
            logger.error("config revision " + this.revision + ": a bean has failed while it was refreshed", ex);
        }
    }

    private void apply(List<KvPropertySource> following, ConfigSnapshot snapshot) {
        Effect next = Effect.of(this.context.getEnvironment(), snapshot);
        Set<String> keys = next.changesFrom(Effect.ofNow(this.context.getEnvironment()));
        Map<String, ConfigurationPropertiesBean> beans = this.dryRun.beansOf(keys);
        if (this.settings.validate() && !keys.isEmpty()) {
            Map<String, String> errors = this.dryRun.errors(beans, next);
            if (!errors.isEmpty()) {
                reject(snapshot.revision(), errors);
                return;
            }
        }
        long before = this.revision;
        following.forEach((source) -> source.apply(snapshot.values().getOrDefault(source.getSource(), Map.of())));
        this.revision = snapshot.revision();
        if (!keys.isEmpty()) {
            refresh(keys, beans.keySet());
            logger.info("config revision " + before + " -> " + snapshot.revision() + ": " + String.join(", ", keys));
            this.context.publishEvent(new KvConfigChanged(before, snapshot.revision(), keys));
        }
    }

    private void refresh(Set<String> keys, Set<String> beans) {
        if (this.settings.mode() == KvConfigProperties.Mode.CONTEXT) {
            this.context.publishEvent(new RefreshEvent(this, keys, "kv"));
            return;
        }
        this.rebinder.ifAvailable((all) -> beans.forEach((bean) -> {
            boolean unused = all.rebind(bean);
        }));
        this.refreshScope.ifAvailable(RefreshScope::refreshAll);
        // Not from the context: that would make Spring Cloud bind every bean again.
        this.context.publishEvent(new EnvironmentChangeEvent(this, keys));
    }

    private void reject(long rejected, Map<String, String> errors) {
        logger.warn("config revision " + this.revision + " stays, a later one does not fit: " + errors);
        this.context.publishEvent(new KvConfigRejected(rejected, errors));
    }

    /** Notes that something has changed; what it is will be read. */
    private final class Changes implements WatchListener {

        @Override
        public void changed(List<Event> events, long changedRevision) {
            ConfigRefresher.this.changed();
        }

        @Override
        public void missed(Result.Range range) {
            ConfigRefresher.this.changed();
        }

        @Override
        public void ended(KvException failure) {
            logger.error("config is not followed any more: " + failure.getMessage());
        }

    }

}

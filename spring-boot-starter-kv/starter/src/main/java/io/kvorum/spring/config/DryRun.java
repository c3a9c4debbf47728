/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

/**
 * Finds the beans that a change is about, and tries whether it fits them, on the side.
 */
final class DryRun {

    private static final String VALIDATOR = "jakarta.validation.Validator";

    private final ApplicationContext context;

    DryRun(ApplicationContext context) {
        this.context = context;
    }

    /** Returns the beans whose properties are among those that change, by their names. */
    Map<String, ConfigurationPropertiesBean> beansOf(Set<String> keys) {
        Map<String, ConfigurationPropertiesBean> affected = new TreeMap<>();
        ConfigurationPropertiesBean.getAll(this.context).forEach((name, bean) -> {
            String prefix = prefix(bean);
            if (prefix.isEmpty() || keys.stream().anyMatch((key) -> isBelow(prefix, key))) {
                affected.put(name, bean);
            }
        });
        return affected;
    }

    /** Returns what is wrong, by the names of the beans; nothing if all fits. */
    Map<String, String> errors(Map<String, ConfigurationPropertiesBean> beans, Effect effect) {
        Binder binder = new Binder(ConfigurationPropertySources.from(effect.sources()),
                new PropertySourcesPlaceholdersResolver(effect.sources()), conversion());
        Map<String, String> errors = new TreeMap<>();
        beans.forEach((name, bean) -> {
            try {
                Object unused = binder.bindOrCreate(prefix(bean), fresh(bean), handler(bean));
            }
            catch (BindException ex) {
                errors.put(name, message(ex));
            }
            catch (IllegalArgumentException ex) {
                errors.put(name, String.valueOf(ex.getMessage()));
            }
        });
        return errors;
    }

    // Without the living instance, which must not be touched.
    private static Bindable<?> fresh(ConfigurationPropertiesBean bean) {
        Bindable<?> target = bean.asBindTarget();
        Bindable<?> fresh = Bindable.of(target.getType()).withAnnotations(target.getAnnotations());
        return (target.getBindMethod() != null) ? fresh.withBindMethod(target.getBindMethod()) : fresh;
    }

    private BindHandler handler(ConfigurationPropertiesBean bean) {
        boolean validated = bean.asBindTarget().getAnnotation(Validated.class) != null;
        if (validated && ClassUtils.isPresent(VALIDATOR, this.context.getClassLoader())) {
            Validator validator = this.context.getBeanProvider(Validator.class).getIfAvailable();
            if (validator != null) {
                return new ValidationBindHandler(validator);
            }
        }
        return BindHandler.DEFAULT;
    }

    private @Nullable ConversionService conversion() {
        String name = "conversionService";
        return this.context.containsBean(name) ? this.context.getBean(name, ConversionService.class)
                : ApplicationConversionService.getSharedInstance();
    }

    private static String prefix(ConfigurationPropertiesBean bean) {
        return bean.getAnnotation().prefix();
    }

    private static boolean isBelow(String prefix, String key) {
        ConfigurationPropertyName parent = ConfigurationPropertyName.adapt(prefix, '.');
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
        return parent.equals(name) || parent.isAncestorOf(name);
    }

    private static String message(BindException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failure.getName() + " = " + ((failure.getProperty() != null) ? failure.getProperty().getValue() : "?")
                + ": " + root.getMessage();
    }

}

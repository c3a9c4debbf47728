/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Starts one member. */
public final class KvServerApplication {

    private KvServerApplication() {
    }

    /**
     * Starts the member and returns; the process lives until it is told to stop.
     * @param arguments etcd-style flags
     */
    public static void main(String[] arguments) {
        try {
            if (arguments.length > 0 && arguments[0].equals(ProxyCommandLine.COMMAND)) {
                ProxyApplication.run(Arrays.asList(arguments).subList(1, arguments.length));
                return;
            }
            CommandLine commandLine = CommandLine.parse(arguments);
            if (commandLine.help()) {
                System.out.print(Help.help());
            }
            else if (commandLine.version()) {
                System.out.print(Help.version());
            }
            else {
                start(commandLine, System.getenv());
            }
        }
        catch (SettingException ex) {
            exit(ex);
        }
        catch (RuntimeException ex) {
            SettingException cause = settingException(ex);
            if (cause == null) {
                throw ex;
            }
            exit(cause);
        }
    }

    /** Starts a member from what the command line and the environment say. */
    static ConfigurableApplicationContext start(CommandLine commandLine, Map<String, String> environment) {
        // Read by the protobuf runtime when the Raft engine's messages are loaded;
        // docs/adr/0002.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
        FlagSettings settings = FlagSettings.of(commandLine, environment);
        StandardEnvironment springEnvironment = new StandardEnvironment();
        springEnvironment.getPropertySources().addFirst(new MapPropertySource("etcdFlags", settings.properties()));
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.setEnvironment(springEnvironment);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setKeepAlive(true);
        // A wrong setting is one line on the console, not a report of the framework.
        application.addInitializers((context) -> {
            Logger logger = LoggerFactory.getLogger(KvServerApplication.class);
            settings.warnings().forEach(logger::warn);
        });
        return application.run(commandLine.springArguments().toArray(new String[0]));
    }

    static @Nullable SettingException settingException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException settingException) {
                return settingException;
            }
            if (cause instanceof ConversionFailedException conversion) {
                return SettingException.usage("invalid value for " + property(failure) + ": '" + conversion.getValue()
                        + "' is no " + conversion.getTargetType().getType().getSimpleName());
            }
        }
        return null;
    }

    private static String property(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                return bind.getProperty().getName().toString();
            }
        }
        return "a property";
    }

    private static void exit(SettingException ex) {
        System.err.println("kv-server: " + ex.getMessage());
        System.exit(ex.exitCode());
    }

}

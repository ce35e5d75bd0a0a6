package io.portico.server;

import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.RequestThreads;
import io.portico.transport.tls.TlsLibrary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gateway chooses by itself because of the machine it runs on, and why. */
public final class MachineChoices {
  private MachineChoices() {}

  /** Each choice by what is chosen; found out now, as a start would. */
  public static Map<String, String> all() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("profile", profile(System.getenv("PORTICO_PROFILE")));
    EventLoops.Config one = new EventLoops.Config(1, null, RequestThreads.best());
    try (EventLoops loops = EventLoops.start(one)) {
      choices.put("event loops", loops.choice());
    }
    choices.put(
        "request threads",
        RequestThreads.canScheduleOnLoops()
            ? "on event loops"
            : "the JDK's scheduler; java.lang is not opened, or not JDK 25");
    choices.put("TLS", TlsLibrary.choice());
    return choices;
  }

  private static String profile(@Nullable String named) {
    return named == null
        ? "dev for run, prod for serve; PORTICO_PROFILE names another"
        : named + ", by PORTICO_PROFILE";
  }
}

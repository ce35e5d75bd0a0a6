package io.portico.transport.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the virtual threads that requests run on: scheduled by the event loop that read the
 * request, where this JDK lets us choose a scheduler, else by the JDK's own. The only class that
 * knows how.
 *
 * <p>A virtual thread never touches a channel: inside one, Netty's {@code inEventLoop()} is false.
 * It hands work to its loop ({@link Loop#handOver}), parks, and is resumed by the loop.
 */
public final class RequestThreads {
  private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);
  private static final AtomicBoolean FALLBACK_TOLD = new AtomicBoolean();

  /** {@code (Executor scheduler, String name, int characteristics, Runnable task) -> Thread}. */
  private static final @Nullable MethodHandle NEW_VIRTUAL_THREAD = newVirtualThread();

  /** {@code (Thread) -> Executor}, for virtual threads. */
  private static final @Nullable MethodHandle SCHEDULER = scheduler();

  private static final String NO_NAME = "";

  private final boolean onLoops;

  private RequestThreads(boolean onLoops) {
    this.onLoops = onLoops;
  }

  /** On the loops where this JDK allows it; where it does not, the log says so once. */
  public static RequestThreads best() {
    boolean onLoops = canScheduleOnLoops();
    if (!onLoops && FALLBACK_TOLD.compareAndSet(false, true)) {
      LOG.warn(
          "This JVM does not let virtual threads run on event loops (java.lang is not opened, or not JDK 25);"
              + " requests run on its default scheduler and cost more CPU time");
    }
    return new RequestThreads(onLoops);
  }

  /** On the JDK's default scheduler, whatever else is possible. */
  public static RequestThreads onDefaultScheduler() {
    return new RequestThreads(false);
  }

  /** Whether this JDK lets virtual threads run on event loops. */
  public static boolean canScheduleOnLoops() {
    return NEW_VIRTUAL_THREAD != null;
  }

  /** Whether requests run on their event loops. */
  public boolean onLoops() {
    return onLoops;
  }

  /** Starts {@code work} on the loop it belongs to. Called on that loop. */
  Thread start(RequestWork work) {
    if (!onLoops || NEW_VIRTUAL_THREAD == null) {
      return startOnDefaultScheduler(work);
    }
    Thread thread;
    try {
      thread =
          (Thread) NEW_VIRTUAL_THREAD.invokeExact((Executor) work, NO_NAME, 0, (Runnable) work);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    thread.start();
    return thread;
  }

  /** Starts {@code task} where it may compute for long without holding up a loop. */
  Thread startOnDefaultScheduler(Runnable task) {
    return Thread.ofVirtual().start(task);
  }

  /** What makes a thread run, or null for a platform thread and where nobody can tell. */
  static @Nullable Executor schedulerOf(Thread thread) {
    if (SCHEDULER == null || !thread.isVirtual()) {
      return null;
    }
    try {
      return (Executor) SCHEDULER.invokeExact(thread);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable MethodHandle scheduler() {
    try {
      MethodHandles.Lookup inside =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      return inside
          .findGetter(inside.findClass("java.lang.VirtualThread"), "scheduler", Executor.class)
          .asType(MethodType.methodType(Executor.class, Thread.class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("a virtual thread's scheduler is not seen", e);
      return null;
    }
  }

  private static @Nullable MethodHandle newVirtualThread() {
    // There is no public way yet to give a virtual thread its scheduler.
    try {
      MethodHandles.Lookup inside =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      return inside.findStatic(
          inside.findClass("java.lang.ThreadBuilders"),
          "newVirtualThread",
          MethodType.methodType(
              Thread.class, Executor.class, String.class, int.class, Runnable.class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("no virtual threads on event loops", e);
      return null;
    }
  }
}

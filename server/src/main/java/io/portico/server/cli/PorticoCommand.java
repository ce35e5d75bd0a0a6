package io.portico.server.cli;

import io.portico.gateway.store.StoreException;
import io.portico.server.AddressException;
import io.portico.server.config.ConfigException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code portico}: finds the verb, runs it, and turns what goes wrong into an exit status. */
public final class PorticoCommand {
  /** No status of a process: the JVM is shutting down already. */
  public static final int STOPPED_BY_SIGNAL = -1;

  private PorticoCommand() {}

  static List<Verb> verbs() {
    return List.of(
        new RunCommand(),
        new ServeCommand(),
        new LogsCommand(),
        new ExplainCommand(),
        new CaCommand(),
        new ConfigCommand(),
        new VersionCommand(),
        new HelpCommand(),
        new RehearseCommand());
  }

  /**
   * The verb of a name.
   *
   * @throws UsageException if there is none
   */
  static Verb verb(String name) {
    for (Verb verb : verbs()) {
      if (verb.name().equals(name)) {
        return verb;
      }
    }
    throw new UsageException("Unknown verb " + name, "");
  }

  /** Runs a command line; returns its exit status. */
  public static int run(String... words) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    try {
      return run(List.of(words), out);
    } catch (UsageException e) {
      return failed(ExitStatus.USAGE, e.text());
    } catch (ConfigException e) {
      return failed(ExitStatus.CONFIGURATION, e.getMessage());
    } catch (StoreException e) {
      return failed(ExitStatus.STORE, e.getMessage());
    } catch (AddressException e) {
      return failed(ExitStatus.ADDRESS, e.getMessage());
    } catch (DefinitionException e) {
      return failed(ExitStatus.DEFINITION, e.getMessage());
    } catch (RequestException e) {
      return failed(ExitStatus.REQUEST, e.getMessage());
    } catch (Exception e) {
      // The whole of it: this one is no operator's to mend.
      LoggerFactory.getLogger(PorticoCommand.class).error("portico ends by a bug", e);
      return ExitStatus.INTERNAL_ERROR.code();
    } finally {
      out.flush();
    }
  }

  private static int run(List<String> words, PrintWriter out) throws Exception {
    if (words.isEmpty()) {
      throw new UsageException("Missing verb", "");
    }
    Verb verb =
        verb(
            switch (words.getFirst()) {
              case "--help", "-h" -> "help";
              case "--version" -> "version";
              default -> words.getFirst();
            });
    Arguments arguments = Arguments.read(verb, words.subList(1, words.size()));
    if (arguments.wantsHelp()) {
      out.print(Usage.of(verb));
      return ExitStatus.OK.code();
    }
    return verb.run(arguments, out);
  }

  /** One line for what an operator can mend. */
  private static int failed(ExitStatus status, @Nullable String text) {
    System.err.println("portico: " + text);
    return status.code();
  }
}

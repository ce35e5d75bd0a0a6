package io.portico.server.cli;

import io.portico.gateway.store.StoreException;
import io.portico.server.AddressException;
import io.portico.server.config.ConfigException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code portico}: the verbs. */
@Command(
    name = "portico",
    description = "An open, self-hosted API gateway that speaks Amazon API Gateway's own APIs.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      ConfigCommand.class,
      VersionCommand.class,
      RehearseCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "1:a bug of Portico",
      "2:the command line cannot be understood",
      "3:a key or value of the configuration is refused",
      "4:the data directory cannot be used",
      "5:the address cannot be listened on",
      "6:a definition cannot be read, imported or deployed",
      "130, 143:stopped by SIGINT, SIGTERM, after requests under way had ended"
    })
public final class PorticoCommand implements Runnable {
  /** No status of a process: the JVM is shutting down already. */
  public static final int STOPPED_BY_SIGNAL = -1;

  @Spec private final CommandSpec spec = CommandSpec.create();

  /** Runs a command line; returns its exit status. */
  public static int run(String... arguments) {
    CommandLine commandLine = new CommandLine(new PorticoCommand());
    commandLine.setExecutionExceptionHandler(new Failures());
    commandLine.setParameterExceptionHandler(PorticoCommand::misunderstood);
    return commandLine.execute(arguments);
  }

  /** Without a verb. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing verb");
  }

  private static int misunderstood(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("portico: " + e.getMessage() + "; see portico help " + rest(name));
    return ExitStatus.USAGE.code();
  }

  private static String rest(String qualifiedName) {
    int space = qualifiedName.indexOf(' ');
    return space < 0 ? "" : qualifiedName.substring(space + 1);
  }

  /** One line for what an operator can mend; the whole of it for a bug. */
  private static final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
      ExitStatus status =
          switch (e) {
            case ConfigException _ -> ExitStatus.CONFIGURATION;
            case StoreException _ -> ExitStatus.STORE;
            case AddressException _ -> ExitStatus.ADDRESS;
            case DefinitionException _ -> ExitStatus.DEFINITION;
            default -> ExitStatus.INTERNAL_ERROR;
          };
      PrintWriter err = command.getErr();
      if (status == ExitStatus.INTERNAL_ERROR) {
        LoggerFactory.getLogger(PorticoCommand.class).error("portico ends by a bug", e);
      } else {
        err.println("portico: " + e.getMessage());
      }
      return status.code();
    }
  }
}

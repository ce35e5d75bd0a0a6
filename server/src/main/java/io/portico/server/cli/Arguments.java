package io.portico.server.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/**
 * What stands after a verb, told apart: options with their values, and operands. {@code --} ends
 * the options; a value may follow its option or stand behind a {@code =}. Commons CLI does it.
 */
final class Arguments {
  private final CommandLine read;

  private Arguments(CommandLine read) {
    this.read = read;
  }

  /**
   * Reads the words for {@code verb}.
   *
   * @throws UsageException if they are not what the verb takes
   */
  static Arguments read(Verb verb, List<String> words) {
    DefaultParser parser =
        DefaultParser.builder()
            .setAllowPartialMatching(false)
            .setStripLeadingAndTrailingQuotes(false)
            .get();
    try {
      CommandLine read = parser.parse(Option.all(verb), words.toArray(String[]::new));
      Arguments arguments = new Arguments(read);
      arguments.check(verb);
      return arguments;
    } catch (UnrecognizedOptionException e) {
      throw new UsageException("Unknown option " + e.getOption(), verb.name());
    } catch (MissingArgumentException e) {
      throw new UsageException(
          "--" + e.getOption().getLongOpt() + " needs " + e.getOption().getArgName(), verb.name());
    } catch (ParseException e) {
      throw new UsageException(e.getMessage(), verb.name());
    }
  }

  /** The value of an option, or null where it is not there. */
  @Nullable String value(Option option) {
    return read.getOptionValue(option.longName());
  }

  boolean has(Option flag) {
    return read.hasOption(flag.longName());
  }

  boolean wantsHelp() {
    return has(Verb.HELP);
  }

  List<String> operands() {
    return read.getArgList();
  }

  private void check(Verb verb) {
    for (Option option : verb.options()) {
      String[] values = read.getOptionValues(option.longName());
      if (values != null && values.length > 1) {
        throw new UsageException(option.name() + " is there twice", verb.name());
      }
    }
    if (wantsHelp()) {
      return;
    }
    Verb.Operand operand = verb.operand();
    List<String> operands = operands();
    if (operand == null ? !operands.isEmpty() : !operand.several() && operands.size() > 1) {
      throw new UsageException("Unknown argument " + operands.getLast(), verb.name());
    }
    if (operand != null && operand.required() && operands.isEmpty()) {
      throw new UsageException("Missing " + operand.name(), verb.name());
    }
  }
}

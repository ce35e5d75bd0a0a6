package io.portico.server.config;

/** What is kept of requests, so that they can be explained. */
public record ExplainConfig(
    @Setting(
            value =
                "Keep the last requests, secrets hidden, so that portico explain tells why they were"
                    + " answered as they were; see [explain.md](explain.md). Off, nothing is kept.",
            byDefault = "true")
        boolean enabled,
    @Setting(
            value = "Most requests that are kept which were refused or have failed.",
            byDefault = "1000",
            unit = "requests",
            max = 100_000)
        int refusals,
    @Setting(
            value = "Most others that are kept.",
            byDefault = "250",
            unit = "requests",
            max = 100_000)
        int requests,
    @Setting(
            value =
                "Most refusals that are looked at in a second. What goes beyond is not kept: a flood"
                    + " of refusals costs nothing more.",
            byDefault = "200",
            unit = "requests a second",
            max = 1_000_000)
        int refusalRate,
    @Setting(
            value = "The same of others.",
            byDefault = "50",
            unit = "requests a second",
            max = 1_000_000)
        int requestRate,
    @Setting(
            value = "Most memory for what is kept, half of it for refusals.",
            byDefault = "8",
            unit = "megabytes",
            min = 1,
            max = 10_000)
        int maxSize,
    @Setting(
            value =
                "Tell clients as well why they are refused, in the header x-portico-explain of the"
                    + " answer. AWS has no such header, and it names what nobody outside should know:"
                    + " for development alone.",
            byDefault = "false")
        boolean header) {}

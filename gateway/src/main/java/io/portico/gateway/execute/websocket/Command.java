package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.HttpResponse;
import java.util.function.Supplier;

/**
 * A command of the management API that is known.
 *
 * @param call what policies are asked about
 * @param action carries it out, once it is allowed
 */
record Command(CommandCall call, Supplier<HttpResponse> action) {}

/**
 * Client SDKs: what GetSdk answers, one class a language, and the types of SDK that there are.
 *
 * <p>Generates text from a {@link io.portico.gateway.control.sdk.contract.ClientContract}; reads no
 * records. Whatever a definition says may be anything, so every text of it is written as the
 * language's literal, comment or identifier demands.
 */
@NullMarked
package io.portico.gateway.control.sdk;

import org.jspecify.annotations.NullMarked;

/**
 * What AWS's protocols share: names of resources, ids of requests, signatures. A foundation: knows
 * HTTP values and nothing else of ours.
 */
@NullMarked
package io.portico.gateway.aws;

import org.jspecify.annotations.NullMarked;

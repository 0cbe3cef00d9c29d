"""The stage: one component that plays a run in the browser.

component, address      the component; one for the URL alone, where there is no stage
layout, variants        pictures and controls of a page; experiments beside each other
payload, payload_types  the message to the browser, and its types
colours, frontend/      the five colours with a meaning; the JavaScript
"""

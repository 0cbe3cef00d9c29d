"""The state of one browser tab.

tab_state, tab_table       choices of the tab; its table, repaired, with findings
stage_events, table_edits  what is chosen on the stage; repairs, their undoing, units
upload_state, tab_values   how far an upload is; values kept for single pages
"""

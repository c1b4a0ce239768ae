-- The words that stand, or stood once, in the texts of products: a search with a typo looks here for words like the one typed, and
-- then for products that have those. What is all digits is no word (an article number with a wrong digit is another article), nor is
-- what is too short to be like anything, or too long to be typed.
create function words_of(search_text text) returns setof text language sql immutable parallel safe as $$
	select distinct word from regexp_split_to_table(search_text, '[^[:alnum:]]+') as word
	where length(word) between 3 and 64 and translate(word, '0123456789', '') <> ''
$$;

create table product_words (
	word text primary key
);
create index product_words_search on product_words using gin (word gin_trgm_ops);

-- A minute's work for millions, so done before the triggers hold up whoever writes; what is written meanwhile comes below.
create temporary table filled_from on commit drop as select pg_snapshot_xmin(pg_current_snapshot())::xid as xid;
insert into product_words (word) select distinct word from products, words_of(search_text) as word;

-- All words of a statement in one order: two statements that tell of the same new words wait for each other.
create function keep_product_words(texts text[]) returns void language sql as $$
	insert into product_words (word)
	select distinct word from unnest(texts) as search_text, words_of(search_text) as word
	order by word on conflict do nothing
$$;

-- Whoever writes: also the release before this one while it still runs, and somebody by hand.
create function note_inserted_words() returns trigger language plpgsql as $$
begin
	perform keep_product_words(array(select search_text from changed));
	return null;
end
$$;
create function note_updated_words() returns trigger language plpgsql as $$
begin
	perform keep_product_words(array(
		select changed.search_text from changed join before using (id) where changed.search_text <> before.search_text));
	return null;
end
$$;
-- Once a statement, whatever the number of its rows.
create trigger note_inserted_words after insert on products
	referencing new table as changed for each statement execute function note_inserted_words();
create trigger note_updated_words after update on products
	referencing old table as before new table as changed for each statement execute function note_updated_words();

insert into product_words (word)
select distinct word from products, words_of(search_text) as word
where age(products.xmin) <= age((select xid from filled_from))
on conflict do nothing;
